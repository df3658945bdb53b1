extension ProgramTable {
    static let archives: [String: Program] = [
        "tar": { try await TarProgram($0).run() },
        "md5sum": { try await digests($0) { MessageDigest5() } },
        "sha256sum": { try await digests($0) { SecureHash256() } },
    ]

    private static func digests(_ invocation: Invocation, _ make: () -> any ByteDigest) async throws -> Int {
        let names = invocation.arguments.filter { !$0.hasPrefix("-") || $0 == "-" }
        for name in names.isEmpty ? ["-"] : names {
            var digest = make()
            let source = try invocation.open(name)
            while let bytes = try await source.read(atMost: 1 << 16) { digest.update(bytes) }
            let hex = digest.finish().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            try await invocation.print("\(hex)  \(name)\n")
        }
        return 0
    }
}
