import Foundation
import Model

/// A port of this machine that only programs of this machine reach: on 127.0.0.1, and on ::1 where there is IPv6.
final class LoopbackListener: Sendable {
    let port: Int
    private let descriptors: [Int32]

    /// 0 takes any free port. Throws `ActionRefusal` when the port cannot be had.
    init(port wanted: Int) throws(ActionRefusal) {
        let (first, port) = try Self.listen(AF_INET, wanted)
        self.port = port
        // A machine without IPv6, or whose other half of a free port is taken, is served by IPv4 alone.
        let second = try? Self.listen(AF_INET6, port)
        descriptors = [first] + (second.map { [$0.descriptor] } ?? [])
    }

    deinit { for descriptor in descriptors { close(descriptor) } }

    /// Takes no more connections from now on.
    func end() { for descriptor in descriptors { shutdown(descriptor, Int32(SHUT_RDWR)) } }

    /// Hands over each connection until the task is cancelled.
    func accept(_ each: @escaping @Sendable (LocalSocket) -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            for descriptor in descriptors { group.addTask { await Self.accept(on: descriptor, each) } }
        }
    }

    private static func accept(on descriptor: Int32, _ each: @Sendable (LocalSocket) -> Void) async {
        while !Task.isCancelled {
            let socket = Glibc.accept(descriptor, nil, nil)
            if socket >= 0 {
                Descriptor.settle(socket)
                each(LocalSocket(socket))
            } else if errno == EAGAIN {
                // Only a cancelled task wakes early.
                guard (try? await SocketWatch.shared.wait(for: POLLIN, on: descriptor)) != nil else { return }
            } else if errno == EMFILE || errno == ENFILE {
                // Too many files are open: others must close first.
                guard (try? await Task.sleep(for: .milliseconds(200))) != nil else { return }
            } else if errno != EINTR, errno != ECONNABORTED {
                return
            }
        }
    }

    private static func listen(_ family: Int32, _ port: Int) throws(ActionRefusal) -> (descriptor: Int32, port: Int) {
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw refusal(port, errno) }
        Descriptor.settle(descriptor)
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        if family == AF_INET6 {
            setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &yes, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = sockaddr_storage()
        var size = fill(&address, family, port)
        let failed = withUnsafeMutableBytes(of: &address) { bytes -> Bool in
            let pointer = bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self)
            return bind(descriptor, pointer, size) != 0 || Glibc.listen(descriptor, 128) != 0
                || getsockname(descriptor, pointer, &size) != 0
        }
        guard !failed else {
            let code = errno
            close(descriptor)
            throw refusal(port, code)
        }
        // IPv4 and IPv6 addresses have the port in the same place.
        return (descriptor, withUnsafeBytes(of: address) { Int($0[2]) << 8 | Int($0[3]) })
    }

    private static func fill(_ address: inout sockaddr_storage, _ family: Int32, _ port: Int) -> socklen_t {
        withUnsafeMutableBytes(of: &address) { bytes in
            let port = in_port_t(port).bigEndian
            guard family == AF_INET6 else {
                let four = bytes.baseAddress!.assumingMemoryBound(to: sockaddr_in.self)
                four.pointee.sin_family = sa_family_t(family)
                four.pointee.sin_port = port
                four.pointee.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
                return socklen_t(MemoryLayout<sockaddr_in>.size)
            }
            let six = bytes.baseAddress!.assumingMemoryBound(to: sockaddr_in6.self)
            six.pointee.sin6_family = sa_family_t(family)
            six.pointee.sin6_port = port
            six.pointee.sin6_addr = in6addr_loopback
            return socklen_t(MemoryLayout<sockaddr_in6>.size)
        }
    }

    private static func refusal(_ port: Int, _ code: Int32) -> ActionRefusal {
        switch code {
        case EADDRINUSE:
            ActionRefusal(
                .invalid, "port \(port) of this machine is in use", hint: "choose another one, or 0 for a free one")
        case EACCES:
            ActionRefusal(.invalid, "port \(port) of this machine is not for everybody", hint: "choose one above 1023")
        default:
            ActionRefusal(.invalid, "port \(port) of this machine cannot be had: \(String(cString: strerror(code)))")
        }
    }
}

/// What every descriptor here is: never blocking, and not for programs that are started.
enum Descriptor {
    static func settle(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }
}
