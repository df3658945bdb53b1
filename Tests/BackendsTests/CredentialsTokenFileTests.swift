import Foundation
import HTTP
import Model
import Synchronization
import Testing

@testable import Backends

struct CredentialsTokenFileTests {
    let home = KubeconfigHome()
    let clock = HandClock()

    private func credentials(initial: String = "") -> TokenFileCredentials {
        TokenFileCredentials(
            user: "ada", path: home.path + "/token", initial: Secret(initial), now: { [clock] in clock.time })
    }

    @Test("the token is read from the file, without the white space around it")
    func reads() async throws {
        home.write("token", "\n t-1 \n")
        #expect(try await credentials().headers() == ["Authorization": "Bearer t-1"])
    }

    @Test("a file that was written anew is read again at once")
    func rewritten() async throws {
        home.write("token", "t-1")
        let credentials = credentials()
        _ = try await credentials.headers()
        home.write("token", "t-22")
        #expect(try await credentials.headers() == ["Authorization": "Bearer t-22"])
    }

    @Test("after a minute the file is read again even if it looks the same")
    func minute() async throws {
        home.write("token", "t-1")
        let credentials = credentials()
        let looks = FileBytes.fingerprint(of: home.path + "/token")!
        _ = try await credentials.headers()
        // The same length, inode and time: what a coarse clock of a file system can do.
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: home.path + "/token"))
        try handle.write(contentsOf: Data("t-2".utf8))
        try handle.close()
        var times = [
            timespec(tv_sec: Int(looks[0]), tv_nsec: Int(looks[1])),
            timespec(tv_sec: Int(looks[0]), tv_nsec: Int(looks[1])),
        ]
        utimensat(AT_FDCWD, home.path + "/token", &times, 0)
        clock.advance(59)
        #expect(try await credentials.headers() == ["Authorization": "Bearer t-1"])
        clock.advance(2)
        #expect(try await credentials.headers() == ["Authorization": "Bearer t-2"])
    }

    @Test("a file that goes away leaves the last token standing")
    func gone() async throws {
        home.write("token", "t-1")
        let credentials = credentials()
        _ = try await credentials.headers()
        try FileManager.default.removeItem(atPath: home.path + "/token")
        clock.advance(120)
        #expect(try await credentials.headers() == ["Authorization": "Bearer t-1"])
    }

    @Test("the token beside the file stands in until the file can be read")
    func initial() async throws {
        let credentials = credentials(initial: "t-0")
        #expect(try await credentials.headers() == ["Authorization": "Bearer t-0"])
        home.write("token", "t-1")
        #expect(try await credentials.headers() == ["Authorization": "Bearer t-1"])
    }

    @Test("a missing or empty file is told, and not for ever")
    func missing() async throws {
        let credentials = credentials()
        #expect(
            await message { try await credentials.headers() }
                == "credentials of user ada: the token file \(home.path)/token cannot be read: no such file or directory"
        )
        home.write("token", " \n")
        #expect(
            await message { try await credentials.headers() }
                == "credentials of user ada: the token file \(home.path)/token is empty")
        home.write("token", "t-1")
        #expect(try await credentials.headers() == ["Authorization": "Bearer t-1"])
    }

    @Test("after a 401 another try makes sense only with another token")
    func renewal() async throws {
        home.write("token", "t-1")
        let credentials = credentials()
        let refused = try await credentials.headers()
        #expect(await credentials.renew(refused: refused) == false)
        home.write("token", "t-2")
        #expect(await credentials.renew(refused: refused) == true)
        #expect(try await credentials.headers() == ["Authorization": "Bearer t-2"])
    }

    @Test("a kubeconfig's tokenFile is meant from the kubeconfig's folder")
    func relative() async throws {
        home.write(".kube/secrets/token", "t-3")
        let connection = try home.connection(user: "{tokenFile: secrets/token}")
        #expect(try await connection.credentials.headers() == ["Authorization": "Bearer t-3"])
    }
}

/// A clock that stands still until a test moves it.
final class HandClock: Sendable {
    private let now = Mutex(Timestamp(seconds: 1_000_000))
    var time: Timestamp { now.withLock { $0 } }
    func advance(_ seconds: Double) { now.withLock { $0 = Timestamp(seconds: $0.seconds + seconds) } }
}
