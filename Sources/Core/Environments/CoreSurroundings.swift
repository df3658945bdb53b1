import Backends
import Foundation
import HTTP
import Model

/// Everything Core is given by the assembly, or by a test: how to connect, the clock, and what the process sees.
public struct CoreSurroundings: Sendable {
    public var makeTransport: @Sendable (HTTPServerSettings) -> any HTTPTransport
    public var pacer: any Pacer
    /// Environment variables, for secrets by reference.
    public var variables: [String: String]
    /// Where discovery is cached; nil for nowhere.
    public var discoveryFolder: URL?
    /// The person's state folder: the audit file, files that are being edited. nil for nowhere; a protected environment is then
    /// not changed.
    public var stateFolder: URL?
    /// Why nothing may be changed anywhere: "by --read-only"; nil when the configuration decides.
    public var readOnly: String?
    /// The kubeconfig file that was named, for other programs; nil for the usual ones.
    public var kubeconfig: String?

    public init(
        makeTransport: @escaping @Sendable (HTTPServerSettings) -> any HTTPTransport,
        pacer: any Pacer = SystemPacer(), variables: [String: String] = [:], discoveryFolder: URL? = nil,
        stateFolder: URL? = nil, readOnly: String? = nil
    ) {
        self.makeTransport = makeTransport
        self.pacer = pacer
        self.variables = variables
        self.discoveryFolder = discoveryFolder
        self.stateFolder = stateFolder
        self.readOnly = readOnly
    }
}
