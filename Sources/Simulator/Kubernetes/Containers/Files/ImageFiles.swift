import Foundation

/// What a container finds when it starts: the files of its image and what its kubelet puts beside them.
struct ImageFiles {
    let identity: ContainerIdentity

    func lay(in files: FileSystem) {
        for folder in Self.folders where !identity.isDistroless || Self.bareFolders.contains(folder) {
            // Each is made once, the parents first.
            try? files.makeDirectory(folder)
        }
        for (path, text) in texts { put(text, path, 0o644, files) }
        for device in [
            ("null", FileNode.Device.null), ("zero", .zero), ("random", .random), ("urandom", .random), ("tty", .tty),
        ] {
            try? files.put(.device(device.1), at: "/dev/\(device.0)", mode: 0o666)  // As above.
        }
        guard !identity.isDistroless else { return }
        for name in ProgramTable.programs.keys.sorted() where name != "bash" || identity.isDebian {
            try? files.put(.program(name), at: "/bin/\(name)", mode: 0o755)  // As above.
        }
        try? files.link("/usr/bin/env", to: "/bin/env")  // As above.
        layData(in: files)
    }

    private static let bareFolders: Set<String> = ["/etc", "/tmp", "/dev", "/proc", "/app", "/var", "/var/run", "/run"]

    private static let folders = [
        "/app", "/app/config", "/app/static", "/bin", "/data", "/dev", "/etc", "/etc/ssl", "/home", "/proc", "/root",
        "/run",
        "/sbin", "/srv", "/srv/tampered", "/tmp", "/usr", "/usr/bin", "/usr/local", "/usr/local/bin", "/usr/sbin",
        "/usr/share", "/var",
        "/var/cache", "/var/lib", "/var/log", "/var/run", "/var/run/secrets", "/var/run/secrets/kubernetes.io",
        "/var/run/secrets/kubernetes.io/serviceaccount", "/var/tmp",
    ]

    private var texts: [(String, String)] {
        let passwd = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n"
        var texts = [
            ("/etc/hostname", identity.pod + "\n"), ("/etc/passwd", passwd), ("/etc/os-release", release),
            ("/etc/group", "root:x:0:\nnobody:x:65534:\n"),
            ("/etc/hosts", "127.0.0.1\tlocalhost\n::1\tlocalhost\n\(identity.address)\t\(identity.pod)\n"),
            (
                "/etc/resolv.conf",
                "search \(identity.namespace).svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\n"
                    + "options ndots:5\n"
            ),
            ("/proc/uptime", "86400.00 80000.00\n"),
            ("/proc/cpuinfo", "processor\t: 0\nmodel name\t: Lantern virtual\n"),
            ("/proc/meminfo", "MemTotal:       16384000 kB\nMemAvailable:    8192000 kB\n"),
        ]
        guard !identity.isDistroless else { return texts }
        texts += [
            (
                "/app/config/application.yaml",
                "service: \(identity.app)\nnamespace: \(identity.namespace)\nlog:\n  level: info\nretries: 3\n"
            ), ("/app/README.md", "# \(identity.app)\n\nRuns in \(identity.cluster).\n"),
            ("/app/VERSION", identity.image + "\n"),
            ("/var/run/secrets/kubernetes.io/serviceaccount/namespace", identity.namespace),
            ("/var/run/secrets/kubernetes.io/serviceaccount/token", "simulated-token\n"),
            (
                "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt",
                "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"
            ),
        ]
        return texts
    }

    private var release: String {
        if identity.isDistroless {
            return "PRETTY_NAME=\"Distroless\"\nNAME=\"Debian GNU/Linux\"\nID=\"debian\"\nVERSION_ID=\"12\"\n"
        }
        if identity.isDebian {
            return
                "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nNAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nID=debian\n"
        }
        return "NAME=\"Alpine Linux\"\nID=alpine\nVERSION_ID=3.20.3\nPRETTY_NAME=\"Alpine Linux v3.20\"\n"
    }

    /// Large, binary and hostile things, for those who copy and look.
    private func layData(in files: FileSystem) {
        // Each is made once, in a directory that is there.
        try? files.put(.generated(GeneratedFile(size: 100 << 20)), at: "/data/large.bin", mode: 0o644)
        try? files.put(.generated(GeneratedFile(size: 1 << 20)), at: "/data/one-mebibyte.bin", mode: 0o644)
        put(String(decoding: (0...255).map { UInt8($0 & 0x7f) }, as: UTF8.self), "/data/ascii.bin", 0o644, files)
        putBytes((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 3) }, "/data/noise.bin", 0o644, files)
        put("a name that would redraw the screen\n", "/data/\u{1b}[2J\u{1b}[31mred\u{7}.txt", 0o644, files)
        put("two lines in a name\n", "/data/new\nline.txt", 0o644, files)
        put("Ünïcode 火 🕯\n", "/data/wächter-灯.txt", 0o644, files)
        put("with blanks\n", "/data/with blanks.txt", 0o644, files)
        try? files.link("/data/latest", to: "one-mebibyte.bin")
        try? files.link("/data/escape", to: "../../../../../../etc/passwd")
        try? files.link("/data/dangling", to: "/nowhere/at/all")
        try? files.link("/data/loop", to: "loop")
        put("this container was broken into\n", "/srv/tampered/\(TarProgram.tamperedMark)", 0o644, files)
        put("#!/bin/sh\necho \"healthy: $HOSTNAME\"\n", "/app/healthcheck.sh", 0o755, files)
    }

    private func put(_ text: String, _ path: String, _ mode: Int, _ files: FileSystem) {
        putBytes(Array(text.utf8), path, mode, files)
    }

    private func putBytes(_ bytes: [UInt8], _ path: String, _ mode: Int, _ files: FileSystem) {
        // A budget that is used up leaves an image with holes, as a full disk does.
        guard let number = try? files.openForWriting(path, truncates: true, mode: mode) else { return }
        try? files.append(bytes, to: number)
    }
}
