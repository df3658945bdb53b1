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

    public init(
        makeTransport: @escaping @Sendable (HTTPServerSettings) -> any HTTPTransport,
        pacer: any Pacer = SystemPacer(), variables: [String: String] = [:], discoveryFolder: URL? = nil
    ) {
        self.makeTransport = makeTransport
        self.pacer = pacer
        self.variables = variables
        self.discoveryFolder = discoveryFolder
    }
}
