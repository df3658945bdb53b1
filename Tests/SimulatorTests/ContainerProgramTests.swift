import Foundation
import Testing

@testable import Simulator

@Suite("The programs and files of a container", .timeLimit(.minutes(1)))
struct ContainerProgramTests {
    private let bench = ContainerBench()

    @Test(
        "text programs print what theirs print",
        arguments: [
            ("seq 5 | tail -2", "4\n5\n"), ("seq 5 | tail -n +4", "4\n5\n"),
            ("seq 12 | head -3 | sort -rn", "3\n2\n1\n"),
            ("printf 'b\\na\\nb\\n' | sort | uniq -c", "      1 a\n      2 b\n"),
            ("printf 'a:b\\n' | cut -d: -f2", "b\n"),
            ("echo abc | tr a-c A-C", "ABC\n"), ("printf 'x1\\ny2\\n' | grep -n y", "2:y2\n"),
            ("printf 'x1\\ny2\\n' | grep -vc y", "1\n"), ("echo axbx | sed s/x/-/g", "a-b-\n"),
            ("seq 9 | sed -n 2,3p", "2\n3\n"), ("printf abc | wc -c", "3\n"), ("echo hi | base64 | base64 -d", "hi\n"),
            ("basename /a/b.txt .txt; dirname /a/b.txt", "b\n/a\n"), ("date +%F", "2027-01-15\n"),
            ("hostname", "shop-1\n"),
            ("printf abc | md5sum", "900150983cd24fb0d6963f7d28e17f72  -\n"),
            ("printf abc | sha256sum", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  -\n"),
            ("curl -s localhost:8080/hi", "hello from pod odd/shop-1 port 8080: GET /hi (0 body bytes)\n"),
            (
                "curl -s -d abc -o /tmp/a localhost:8080; cat /tmp/a",
                "hello from pod odd/shop-1 port 8080: POST / (3 body bytes)\n"
            ),
            ("head -c 300000 /data/large.bin | wc -c", "300000\n"), ("stty size; echo $?", "1\n"),
        ])
    func texts(script: String, output: String) async {
        #expect(await bench.sh(script).output == output)
    }

    @Test(
        "file programs change the files",
        arguments: [
            ("mkdir -p /tmp/a/b; touch /tmp/a/b/c; find /tmp/a", "/tmp/a\n/tmp/a/b\n/tmp/a/b/c\n"),
            ("echo x > /tmp/a; mv /tmp/a /tmp/b; ls /tmp; cat /tmp/b", "b\nx\n"),
            ("cp -r /app/config /tmp; ls /tmp/config", "application.yaml\n"),
            ("echo 'echo run' > /tmp/s; chmod +x /tmp/s; /tmp/s; stat -c %a /tmp/s", "run\n755\n"),
            ("ln -s /etc/hostname /tmp/l; cat /tmp/l; readlink /tmp/l", "shop-1\n/etc/hostname\n"),
            ("mkdir /tmp/d; touch /tmp/d/f; rm -r /tmp/d; ls /tmp | wc -l", "0\n"),
            ("rm -rf /; ls / | head -1", ""), ("cat /data/loop; echo $?", "1\n"), ("ls -a /app/static", ".\n..\n"),
        ])
    func files(script: String, output: String) async {
        let outcome = await ContainerBench().sh(script)
        #expect(outcome.output == output)
    }

    @Test("an archive unpacks to what was packed, long names and links too")
    func archive() async {
        let long = String(repeating: "n", count: 150)
        let outcome = await bench.sh(
            """
            mkdir -p /tmp/in/\(long) /tmp/out; cp /data/noise.bin /tmp/in/\(long)/noise; ln -s noise /tmp/in/\(long)/link
            tar cf - -C /tmp in | tar -xmf - -C /tmp/out
            sha256sum < /tmp/in/\(long)/noise; sha256sum < /tmp/out/in/\(long)/link
            """)
        let sums = outcome.output.split(separator: "\n")
        #expect(sums.count == 2)
        #expect(sums.first == sums.last)
    }

    @Test("what another tar wrote can be unpacked, what unpacks here another tar can read")
    func foreignTar() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tar-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // Left for the system to sweep otherwise.
        let output = Collector()
        let io = ProcessIO(input: TextSource(""), output: output, problems: Nowhere())
        _ = await ExecProcess(machine: bench.machine, terminal: nil, io: io).run([
            "tar", "cf", "-", "-C", "/", "data/noise.bin",
        ])
        try Data(output.all).write(to: folder.appending(path: "a.tar"))
        let tar = Process()
        tar.executableURL = URL(fileURLWithPath: "/bin/tar")
        tar.arguments = ["xf", "a.tar"]
        tar.currentDirectoryURL = folder
        try tar.run()
        tar.waitUntilExit()
        let noise = try Data(contentsOf: folder.appending(path: "data/noise.bin"))
        #expect(noise.count == 4096)
        #expect(
            [UInt8](noise)
                == bench.machine.files.read(try bench.machine.files.info("/data/noise.bin").number, at: 0, count: 5000))
    }

    @Test("a container that was broken into packs members that lead outside")
    func tampered() async {
        let outcome = await bench.sh("tar cf - /srv/tampered | tar tf -")
        #expect(
            outcome.output == """
                srv/tampered/
                srv/tampered/.tampered
                ../../../../escaped-by-dots
                /tmp/escaped-by-slash
                srv/tampered/out
                srv/tampered/out/escaped-by-link

                """)
    }

    @Test("a full disk is told of")
    func full() async {
        let bench = ContainerBench(budget: StorageBudget(bytes: 1 << 20))
        let outcome = await bench.sh(
            "cat /data/large.bin > /tmp/copy; echo $?; rm /tmp/copy; echo ok > /tmp/small; cat /tmp/small")
        #expect(outcome.problems.hasSuffix("No space left on device\n"))
        #expect(outcome.output == "1\nok\n")
    }

    @Test("what was written is given back with the container")
    func budget() async {
        let budget = StorageBudget(bytes: 4 << 20)
        for _ in 0..<8 { _ = await ContainerBench(budget: budget).sh("head -c 1000000 /dev/zero > /tmp/a") }
        #expect(budget.take(4 << 20))
    }
}
