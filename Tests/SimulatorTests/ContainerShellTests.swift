import Foundation
import Testing

@testable import Simulator

@Suite("The shell of a container", .timeLimit(.minutes(1)))
struct ContainerShellTests {
    private let bench = ContainerBench()

    @Test(
        "scripts print what a shell prints",
        arguments: [
            ("echo a b; echo 'c  d' \"e f\"", "a b\nc  d e f\n"),
            ("x=5; y=\"$x$x\"; echo ${y}${z:-none} ${#y}", "55none 2\n"),
            ("echo one | cat | wc -l", "1\n"),
            ("true && echo yes || echo no; false && echo yes || echo no", "yes\nno\n"),
            ("for i in 1 2 3; do [ $i = 2 ] && continue; echo $i; done", "1\n3\n"),
            ("i=3; while [ $i -gt 0 ]; do echo -n $i; i=$((i - 1)); done; echo", "321\n"),
            ("if [ -f /etc/passwd ]; then echo file; elif true; then echo x; else echo y; fi", "file\n"),
            ("case abc in x|y) echo no;; a*) echo match;; esac", "match\n"),
            ("f() { echo \"f $1 $#\"; return 3; }; f q r; echo $?", "f q 2\n3\n"),
            ("echo $(echo inner $(echo deep)) `echo tick`", "inner deep tick\n"),
            ("x='a  b'; echo $x; echo \"$x\"", "a b\na  b\n"),
            ("echo a > /tmp/o; echo b >> /tmp/o; cat < /tmp/o", "a\nb\n"),
            ("ls /nope 2>&1 | cat", "ls: /nope: No such file or directory\n"),
            ("cat <<E\nhost $HOSTNAME\nE\ncat <<'E'\nraw $HOSTNAME\nE", "host shop-1\nraw $HOSTNAME\n"),
            ("(cd /tmp; pwd); pwd", "/tmp\n/app\n"), ("echo $((2 * (3 + 4) % 5)) $((1 < 2 && 3 != 4))", "4 1\n"),
            ("cd /etc; echo h*", "hostname hosts\n"),
            ("x=file.tar.gz; echo ${x%.*} ${x%%.*} ${x#*.}", "file.tar file tar.gz\n"),
            ("set -- a b c; shift; echo $1 $# \"$@\"", "b 2 b c\n"), ("printf '%s=%03d\\n' a 7 b 12", "a=007\nb=012\n"),
            ("echo one two | { read a b; echo $b $a; }", "two one\n"), ("! true; echo $?", "1\n"),
            ("export A=1; sh -c 'echo $A$B'", "1\n"), ("A=2 sh -c 'echo $A'; echo \"[$A]\"", "2\n[]\n"),
            ("echo a\\ b \\\"c\\\" $'tab\\there'", "a b \"c\" tab\there\n"),
        ])
    func scripts(script: String, output: String) async {
        let outcome = await bench.sh(script)
        #expect(outcome.output == output)
        #expect(outcome.problems == "")
    }

    @Test(
        "exit codes are a shell's",
        arguments: [
            ("exit 5", 5), ("false", 1), ("nosuch", 127), ("set -e; false; echo on", 1), ("exit 300", 44),
            ("if true", 2),
            ("cat /etc", 1), ("sh -c 'exit 9'", 9), ("yes | head -1 > /dev/null", 0), ("(exit 4)", 4),
            ("/etc/passwd", 126),
        ])
    func codes(script: String, code: Int) async {
        #expect(await bench.sh(script).code == code)
    }

    @Test(
        "complaints name what went wrong",
        arguments: [
            ("nosuch", "sh: nosuch: not found\n"),
            ("cd /nope", "sh: cd: can't cd to /nope: No such file or directory\n"),
            ("echo )", "sh: Syntax error: \")\" unexpected\n"), ("if", "sh: Syntax error: end of file unexpected\n"),
            ("cat /nope", "cat: /nope: No such file or directory\n"),
            ("echo x > /etc", "sh: can't open '/etc': Is a directory\n"),
        ])
    func complaints(script: String, words: String) async {
        #expect(await bench.sh(script).problems == words)
    }

    @Test("what is piped into a shell is run line by line, and its commands read the rest")
    func piped() async {
        let outcome = await bench.run(
            ["sh"], input: "echo a\nif true; then\necho b\nfi\nread x\nthe rest\necho \"[$x]\"\nexit 4\n")
        #expect(outcome.output == "a\nb\n[the rest]\n")
        #expect(outcome.code == 4)
    }

    @Test("an image without a shell says so in the container runtime's words")
    func distroless() async {
        let outcome = await ContainerBench(image: "registry.k8s.io/coredns/coredns:v1.11.3").run(["sh"])
        #expect(
            outcome.problems
                == #"failed("error executing command in container: failed to exec in container: failed to start exec: "#
                + #"OCI runtime exec failed: exec failed: unable to start container process: exec: \"sh\": "#
                + #"executable file not found in $PATH: unknown")"#)
    }

    @Test("sleep follows the simulation's clock")
    func sleep() async {
        async let outcome = bench.sh("sleep 60; echo awake")
        await bench.clock.waitForSleepers(1)
        await bench.clock.advance(by: 60)
        #expect(await outcome.output == "awake\n")
    }

    @Test(
        "a program that writes more than anybody reads is stopped",
        arguments: ["yes | head -2", "cat /data/large.bin | head -c 5"])
    func brokenPipe(script: String) async {
        #expect(await bench.sh(script).code == 0)
    }
}
