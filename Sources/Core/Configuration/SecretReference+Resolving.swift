import Backends
import Foundation

extension SecretReference {
    /// The secret itself; `LoginFault` never holds a part of one. Reads it anew each time, so that a renewed file or login counts.
    ///
    /// A command has ten seconds and no terminal; `variables` stands for the process's own.
    public func resolve(
        variables: [String: String] = ProcessInfo.processInfo.environment
    ) async throws(LoginFault) -> String {
        switch self {
        case .env(let name):
            guard let value = variables[name], !value.isEmpty else {
                throw LoginFault(message: "the environment variable \(name) is not set")
            }
            return value
        case .file(let path): return try Self.firstLine(ofFile: path, variables: variables)
        case .command(let words): return try await Self.firstLine(ofCommand: words, variables: variables)
        }
    }

    private static func firstLine(
        ofFile path: String, variables: [String: String]
    ) throws(LoginFault) -> String {
        do {
            let bytes = try FileBytes.read(ConfigurationFile.expandingHome(path, variables: variables))
            guard let line = firstLine(bytes) else { throw LoginFault(message: "the file \(path) is empty") }
            return line
        } catch let error as FileBytes.Failure {
            throw LoginFault(message: "the file \(path) cannot be read: \(error.words)")
        } catch let error as LoginFault {
            throw error
        } catch {
            throw LoginFault(message: "the file \(path) cannot be read")
        }
    }

    private static func firstLine(
        ofCommand words: [String], variables: [String: String]
    ) async throws(LoginFault) -> String {
        guard let line = firstLine(try await SecretCommand(words, variables: variables).output()) else {
            throw LoginFault(message: "the command \(words.first ?? "") printed nothing")
        }
        return line
    }

    private static func firstLine(_ bytes: [UInt8]) -> String? {
        let line = bytes.prefix { $0 != 10 && $0 != 13 }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }
}
