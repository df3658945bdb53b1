import Backends
import Foundation
import Model
import Synchronization

/// Copies files and folders between this machine and a container, through the container's own `tar`.
struct FileCopy: Sendable {
    private let object: ObjectReference
    private let options: CopyOptions
    private let client: KubernetesClient
    private let pacer: any Pacer
    private let opening: SessionPermission

    /// Seconds between two words on how far it is.
    private static let interval = 0.25

    init(
        _ request: SessionRequest, _ options: CopyOptions, _ client: KubernetesClient, _ pacer: any Pacer,
        _ opening: SessionPermission
    ) {
        object = request.object
        self.options = options
        self.client = client
        self.pacer = pacer
        self.opening = opening
    }

    /// What can be known before: the container, and the place on this machine.
    static func prepare(
        _ request: SessionRequest, _ options: CopyOptions, _ client: KubernetesClient
    ) async throws -> SessionPlan {
        let pod = try await client.rawObject(request.object)
        let container = try ContainerReading.chosen(options.container, of: pod)
        if let obstacle = container.obstacle { throw ActionRefusal(.invalid, obstacle) }
        guard !options.remote.isEmpty else { throw ActionRefusal(.invalid, "the path in the container is missing") }
        guard !options.local.isEmpty else { throw ActionRefusal(.invalid, "the path on this machine is missing") }
        let there = "\(request.object.name):\(options.remote)"
        if options.direction == .toContainer {
            guard FileManager.default.fileExists(atPath: options.local) else {
                throw ActionRefusal(.invalid, "there is no \(options.local) on this machine")
            }
            return SessionPlan(facts: [
                .init("from", options.local), .init("to", there), .init("container", container.name),
            ])
        }
        let place = LocalPlace(options.local, asked: RemotePath(options.remote).name)
        guard place.folderExists else {
            throw ActionRefusal(.invalid, "there is no folder \(place.folder) on this machine")
        }
        return SessionPlan(
            facts: [.init("from", there), .init("to", place.path), .init("container", container.name)],
            warnings: place.isTaken ? ["\(place.path) is there already: files in it are replaced"] : [])
    }

    /// Copies and says what was copied. Throws `ActionRefusal`, `KubernetesError`, or `CancellationError` when it was stopped.
    func run() async throws -> String {
        do {
            return options.direction == .toContainer ? try await upload() : try await download()
        } catch let fault as TarFault {
            throw ActionRefusal(.rejected, fault.words)
        }
    }

    private func process(_ command: [String], hasInput: Bool = false) async throws -> ContainerProcess {
        try await client.process(
            ProcessRequest(
                namespace: object.namespace ?? client.connection.defaultNamespace, pod: object.name,
                container: options.container, command: command, hasInput: hasInput))
    }

    /// No option to tar, whatever the file is called.
    private static func plain(_ name: String) -> String { name.hasPrefix("-") ? "./" + name : name }

    private func download() async throws -> String {
        let remote = RemotePath(options.remote)
        guard !remote.name.isEmpty else {
            throw ActionRefusal(.invalid, "name a file or a folder, not \(options.remote)")
        }
        let place = LocalPlace(options.local, asked: remote.name)
        var unpacking = try Unpacking(asked: remote.name, into: place.folder, as: place.name)
        let process = try await process(["tar", "cf", "-", "-C", remote.folder, Self.plain(remote.name)])
        var complaints: [UInt8] = []
        var teller = CopyTeller(pacer, Self.interval, opening.say)
        while let output = try await process.next() {
            switch output {
            case .standard(let bytes): try unpacking.take(bytes)
            case .error(let bytes): complaints += bytes.prefix(max(0, 4096 - complaints.count))
            }
            if opening.isStopping() { throw CancellationError() }
            teller.tell(files: unpacking.files, bytes: unpacking.bytes)
        }
        try check(process.end, complaints)
        try unpacking.finish()
        return CopyTeller.words("copied", unpacking.files, unpacking.bytes, unpacking.leftOut)
    }

    private func upload() async throws -> String {
        let remote = try await uploadPlace()
        var packing = Packing(options.local, as: remote.name)
        let process = try await process(["tar", "-xmf", "-", "-C", remote.folder], hasInput: true)
        let listener = Task {
            var complaints: [UInt8] = []
            while let output = try await process.next() {
                if case .error(let bytes) = output { complaints += bytes.prefix(max(0, 4096 - complaints.count)) }
            }
            return complaints
        }
        defer { listener.cancel() }
        var teller = CopyTeller(pacer, Self.interval, opening.say)
        var sent = 0
        do {
            try await packing.run { piece in
                if opening.isStopping() { throw CancellationError() }
                try await process.write(piece)
                sent += piece.count
                teller.tell(files: nil, bytes: sent)
            }
            try await process.endInput()
        } catch let error as KubernetesError {
            // A tar that ends early leaves words behind; they say more than the broken connection.
            if let complaints = try? await listener.value { try check(process.end, complaints) }
            throw error
        }
        let complaints = try await listener.value
        try check(process.end, complaints)
        return CopyTeller.words("copied", packing.files, packing.bytes, packing.leftOut)
    }

    /// A folder that is there takes the file in, under its own name.
    private func uploadPlace() async throws -> RemotePath {
        let wish = RemotePath(options.remote)
        let own = URL(filePath: options.local).standardizedFileURL.lastPathComponent
        if wish.name.isEmpty { return RemotePath(folder: wish.folder, name: own) }
        let test = try await process(["test", "-d", options.remote])
        while try await test.next() != nil {}
        let isFolder = test.end == .exited(code: 0) || options.remote.hasSuffix("/")
        return isFolder ? RemotePath(folder: options.remote, name: own) : wish
    }

    private func check(_ end: ProcessEnd, _ complaints: [UInt8]) throws {
        if end == .exited(code: 0) { return }
        guard !end.isMissingProgram else {
            throw ActionRefusal(
                .invalid, "there is no tar in the container, and files are copied with it",
                hint: "debug offers a container beside it that has one")
        }
        var words = Substring(String(decoding: complaints, as: UTF8.self).prefix { $0 != "\n" })
        while words.last?.isWhitespace == true { words.removeLast() }
        let end = ProcessSession.words(
            end == .untold ? .failed(reason: "the connection ended without an exit code") : state(end))
        throw ActionRefusal(.rejected, words.isEmpty ? "tar in the container: \(end)" : "\(words) (\(end))")
    }

    private func state(_ end: ProcessEnd) -> SessionInfo.State {
        switch end {
        case .exited(let code): .exited(code: code)
        case .failed(let reason): .failed(reason: reason)
        case .untold: .exited(code: 0)
        }
    }
}

/// A path in a container in two parts.
struct RemotePath: Sendable, Equatable {
    var folder: String
    /// "" for the root itself.
    var name: String

    init(folder: String, name: String) {
        self.folder = folder
        self.name = name
    }

    init(_ path: String) {
        var rest = Substring(path)
        while rest.count > 1, rest.last == "/" { rest.removeLast() }
        guard let slash = rest.lastIndex(of: "/") else {
            (folder, name) = (".", String(rest))
            return
        }
        folder = slash == rest.startIndex ? "/" : String(rest[..<slash])
        name = String(rest[rest.index(after: slash)...])
        if name == "." || name == ".." { (folder, name) = (String(rest), "") }
    }
}

/// Where a download goes on this machine: into a folder that is there, or under a new name beside others.
struct LocalPlace: Sendable, Equatable {
    var folder: String
    var name: String

    init(_ path: String, asked: String) {
        let place = path.hasPrefix("~/") ? NSHomeDirectory() + path.dropFirst() : path
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: place, isDirectory: &isFolder)
        if exists && isFolder.boolValue || place.hasSuffix("/") {
            (folder, name) = (place, asked)
        } else {
            let parts = RemotePath(place)
            (folder, name) = (parts.folder, parts.name.isEmpty ? asked : parts.name)
        }
    }

    var path: String {
        folder == "/" ? "/\(name)" : "\(folder.hasSuffix("/") ? String(folder.dropLast()) : folder)/\(name)"
    }
    var isTaken: Bool { FileManager.default.fileExists(atPath: path) }
    var folderExists: Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) && isFolder.boolValue
    }
}
