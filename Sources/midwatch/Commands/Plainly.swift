import ArgumentParser
import Canvas
import Core
import Foundation

/// Says something on stderr, made safe.
func complain(_ words: String) {
    FileHandle.standardError.write(Data((DisplayText.safe(words, keeping: ["\n"]) + "\n").utf8))
}

/// Runs a subcommand's work; a failure is one plain sentence on stderr and an exit code that a script can use.
func plainly(_ work: () throws -> Void) throws {
    do {
        try work()
    } catch let code as ExitCode {
        throw code
    } catch let mistake as ValidationError {
        throw mistake
    } catch {
        let failure = PlainFailure(ofProgram: error)
        complain("midwatch: \(failure.message)")
        throw ExitCode(failure.exitCode)
    }
}
