extension LogVoice {
    func javaTrace(_ dice: inout LogDice, into sink: inout LogSink) {
        let depth = 6 + dice.below(20)
        let line = 20 + dice.below(300)
        sink.line { $0.text("java.lang.IllegalStateException: transition PENDING -> SETTLED is not allowed") }
        for index in 0..<depth {
            sink.line { out in
                out.text("\tat com.lanternpay.")
                out.text(container.namespace)
                out.text(Self.javaFrames[index % Self.javaFrames.count])
                out.int(line + index * 7)
                out.text(")")
            }
        }
        sink.line {
            $0.text(
                "Caused by: java.sql.SQLTransientConnectionException: HikariPool-1 - Connection is not available, request timed out after 30000ms."
            )
        }
        sink.line { $0.text("\tat com.zaxxer.hikari.pool.HikariPool.createTimeoutException(HikariPool.java:696)") }
        sink.line { $0.text("\t... \(depth) common frames omitted") }
    }

    func pythonTrace(_ dice: inout LogDice, into sink: inout LogSink) {
        let depth = 2 + dice.below(4)
        let line = 20 + dice.below(300)
        sink.line(.stderr) { $0.text("Traceback (most recent call last):") }
        for index in 0..<depth {
            sink.line(.stderr) {
                $0.text("  File \"/app/worker/step_\(index).py\", line \(line + index * 11), in run_step_\(index)")
            }
            sink.line(.stderr) { $0.text("    return self.next(batch[\(index)])") }
        }
        sink.line(.stderr) { $0.text("ValueError: could not convert string to float: 'n/a'") }
    }

    func goTrace(_ dice: inout LogDice, into sink: inout LogSink) {
        let line = 20 + dice.below(300)
        sink.line(.stderr) { $0.text("panic: runtime error: invalid memory address or nil pointer dereference") }
        sink.line(.stderr) { $0.text("[signal SIGSEGV: segmentation violation code=0x1 addr=0x18 pc=0x6c1f2a]") }
        sink.line(.stderr) { _ in }
        sink.line(.stderr) { $0.text("goroutine 1 [running]:") }
        sink.line(.stderr) {
            $0.text("lanternpay.example/\(container.namespace)/\(container.name)/config.(*Reader).Decode(0x0)")
        }
        sink.line(.stderr) { $0.text("\t/src/config/reader.go:\(line) +0x2a") }
        sink.line(.stderr) { $0.text("main.main()") }
        sink.line(.stderr) { $0.text("\t/src/main.go:41 +0x1d4") }
    }

    private static let javaFrames: [StaticString] = [
        ".settlement.StateMachine.move(StateMachine.java:",
        ".settlement.SettlementService.settle(SettlementService.java:",
        ".web.RequestHandler.handle(RequestHandler.java:", ".web.Retry.lambda$run$0(Retry.java:",
        ".store.AccountRepository$$SpringCGLIB$$0.save(<generated>:", ".store.Transaction.execute(Transaction.java:",
    ]
}
