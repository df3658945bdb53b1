import Foundation
import Glibc
import Model

/// What the kubeconfig and its credentials take from the process around them, as values, so that a test can give its own.
public struct KubernetesSurroundings: Sendable {
    public var variables: [String: String]
    public var home: String
    public var currentFolder: String
    /// Where a pod finds the token, the authority and the namespace of its service account.
    public var serviceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount"
    /// Seconds that a credential plugin may take, a login in a browser included.
    public var pluginTimeLimit = 60.0
    public var now: @Sendable () -> Timestamp
    /// Called with the user's name and each piece that a plugin writes to its stderr, as it comes ("open … and enter
    /// the code …"). Foreign text; called from a thread of its own.
    public var pluginSaid: @Sendable (_ user: String, _ text: String) -> Void = { _, _ in }
    /// Called with the user's name when a plugin that was started has ended, well or not.
    public var pluginEnded: @Sendable (_ user: String) -> Void = { _ in }

    public init(
        variables: [String: String], home: String, currentFolder: String = "/",
        now: @escaping @Sendable () -> Timestamp = KubernetesSurroundings.systemTime
    ) {
        self.variables = variables
        self.home = home
        self.currentFolder = currentFolder
        self.now = now
    }

    /// What this process really has around it; for the assembly.
    public static func ofThisProcess() -> KubernetesSurroundings {
        let variables = ProcessInfo.processInfo.environment
        return KubernetesSurroundings(
            variables: variables, home: variables["HOME"] ?? NSHomeDirectory(),
            currentFolder: FileManager.default.currentDirectoryPath)
    }

    /// A path as a person writes it: below the home folder with `~`.
    func abbreviated(_ path: String) -> String {
        guard !home.isEmpty, home != "/" else { return path }
        if path == home { return "~" }
        return path.hasPrefix(home + "/") ? "~" + path.dropFirst(home.count) : path
    }

    @Sendable public static func systemTime() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}
