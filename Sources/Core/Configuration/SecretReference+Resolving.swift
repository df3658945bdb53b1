import Foundation

/// Why a secret could not be had; never holds a part of one.
public struct SecretError: Error, Sendable, Equatable, CustomStringConvertible {
    public var message: String
    public var description: String { message }
}

extension SecretReference {
    /// The secret itself. Reads it anew each time, so that a renewed file or login counts.
    ///
    /// A command has ten seconds and no terminal; `variables` stands for the process's own.
    public func resolve(
        variables: [String: String] = ProcessInfo.processInfo.environment
    ) async throws(SecretError) -> String {
        switch self {
        case .env(let name):
            guard let value = variables[name], !value.isEmpty else {
                throw SecretError(message: "the environment variable \(name) is not set")
            }
            return value
        case .file(let path): return try Self.firstLine(ofFile: path, variables: variables)
        case .command(let words): return try await Self.firstLine(ofCommand: words)
        }
    }

    private static func firstLine(
        ofFile path: String, variables: [String: String]
    ) throws(SecretError) -> String {
        do {
            let bytes = try FileBytes.read(ConfigurationFile.expandingHome(path, variables: variables))
            guard let line = firstLine(bytes) else { throw SecretError(message: "the file \(path) is empty") }
            return line
        } catch let error as FileBytes.Failure {
            throw SecretError(message: "the file \(path) cannot be read: \(error.words)")
        } catch let error as SecretError {
            throw error
        } catch {
            throw SecretError(message: "the file \(path) cannot be read")
        }
    }

    private static func firstLine(ofCommand words: [String]) async throws(SecretError) -> String {
        let name = words.first ?? ""
        let outcome = await ProgramRun(words: words, seconds: 10).outcome()
        switch outcome {
        case .notStarted(let why): throw SecretError(message: "the command \(name) cannot be started: \(why)")
        case .tooSlow: throw SecretError(message: "the command \(name) did not end within 10 seconds")
        case .ended(let code, _, let complaint) where code != 0:
            let words = complaint.isEmpty ? "" : ": \(complaint)"
            throw SecretError(message: "the command \(name) failed with exit code \(code)\(words)")
        case .ended(_, let output, _):
            guard let line = firstLine(output) else {
                throw SecretError(message: "the command \(name) printed nothing")
            }
            return line
        }
    }

    private static func firstLine(_ bytes: [UInt8]) -> String? {
        let line = bytes.prefix { $0 != 10 && $0 != 13 }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }
}
