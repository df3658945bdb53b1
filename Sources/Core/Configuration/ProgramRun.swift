import Foundation
import Synchronization

/// Runs one program to its end, off every thread that matters, with an empty stdin and a time limit.
struct ProgramRun: Sendable {
    enum Outcome: Sendable, Equatable {
        /// `complaint` is the last line of its stderr: foreign text.
        case ended(code: Int32, output: [UInt8], complaint: String)
        case tooSlow
        case notStarted(String)
    }

    let words: [String]
    let seconds: Double

    func outcome() async -> Outcome {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: run()) }
        }
    }

    private func run() -> Outcome {
        let process = Process()
        let (output, complaints) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["--"] + words
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = complaints
        do {
            try process.run()
        } catch {
            return .notStarted(error.localizedDescription)
        }
        let isLate = Mutex(false)
        let pid = process.processIdentifier
        let limit = DispatchWorkItem {
            isLate.withLock { $0 = true }
            kill(pid, SIGKILL)
        }
        DispatchQueue.global().asyncAfter(deadline: .now() + seconds, execute: limit)
        let (said, complained) = Self.drain(output, complaints)
        process.waitUntilExit()
        limit.cancel()
        if isLate.withLock({ $0 }) { return .tooSlow }
        return .ended(code: process.terminationStatus, output: said, complaint: Self.lastLine(complained))
    }

    // Both pipes are read at once: a program that fills one while the other is waited for would never end.
    private static func drain(_ output: Pipe, _ complaints: Pipe) -> ([UInt8], [UInt8]) {
        let group = DispatchGroup()
        let complained = Mutex<[UInt8]>([])
        let handle = complaints.fileHandleForReading
        DispatchQueue.global().async(group: group) {
            let bytes = [UInt8](handle.readDataToEndOfFile())
            complained.withLock { $0 = bytes }
        }
        let said = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
        group.wait()
        return (said, complained.withLock { $0 })
    }

    private static func lastLine(_ bytes: [UInt8]) -> String {
        let lines = bytes.split(separator: 10)
        return lines.last.map { String(decoding: $0.suffix(300), as: UTF8.self) } ?? ""
    }
}
