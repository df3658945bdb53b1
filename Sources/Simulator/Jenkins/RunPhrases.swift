/// What the stages of the company's pipelines write.
struct RunPhrases {
    enum Manner { case plain, build, test, image, deploy }

    var command: String
    var manner: Manner
    var failure: String

    static func of(stage: String) -> RunPhrases {
        table[stage] ?? RunPhrases(command: "./run.sh", manner: .plain, failure: "step failed")
    }

    /// Line `number` of `count` of a stage.
    func line(_ number: Int, of count: Int, _ run: SimRun, _ dice: inout LogDice) -> String {
        switch manner {
        case .plain: "step \(number + 1) of \(count): \(dice.pick(Self.words)) ok"
        case .build:
            number % 9 == 8
                ? "\u{1B}[33mWARNING\u{1B}[0m \(dice.pick(Self.words)).swift: unused variable"
                : "\u{1B}[1;34m[INFO]\u{1B}[0m compiling \(dice.pick(Self.words))/\(dice.pick(Self.words)) (\(number + 1)/\(count))"
        case .test:
            number % 40 == 39
                ? "↷ skipped \(dice.pick(Self.words))_test"
                : "\u{1B}[32m✓\u{1B}[0m \(dice.pick(Self.words)) \(dice.pick(Self.words)) works (\(dice.below(900)) ms)"
        case .image:
            "#\(number + 5) [\(number % 4 + 1)/4] pushing layer \(run.commit.dropFirst(number % 30).prefix(8)) \(dice.below(40)).\(dice.below(10)) MB\r#\(number + 5) done \(dice.below(9)).\(dice.below(9))s"
        case .deploy:
            number == 0
                ? "deploying \(run.image ?? "everything")"
                : "Waiting for deployment rollout to finish: \(min(number, count - 1)) of \(max(count - 1, 1)) updated replicas are available..."
        }
    }

    private static let table: [String: RunPhrases] = [
        "Checkout": RunPhrases(command: "git checkout -f", manner: .plain, failure: "fatal: couldn't find remote ref"),
        "Build": RunPhrases(command: "make build", manner: .build, failure: "cannot find symbol: class CurrencyMinor"),
        "Test": RunPhrases(command: "make test", manner: .test, failure: "3 tests failed, 1204 passed"),
        "Quality gate": RunPhrases(
            command: "scan --wait", manner: .plain, failure: "quality gate failed: coverage on new code 61.2 % < 80 %"),
        "Image": RunPhrases(
            command: "docker buildx build --push .", manner: .image, failure: "failed to push: 503 Service Unavailable"),
        "Deploy sandbox": RunPhrases(
            command: "deploy --context sandbox", manner: .deploy,
            failure: "error: deployment exceeded its progress deadline"),
        "Smoke test": RunPhrases(command: "make smoke", manner: .test, failure: "GET /healthz answered 503"),
        "Deploy production": RunPhrases(
            command: "deploy --context production", manner: .deploy,
            failure: "error: deployment exceeded its progress deadline"),
        "Plan": RunPhrases(
            command: "terraform plan -no-color", manner: .plain, failure: "Error acquiring the state lock"),
    ]
    private static let words = [
        "ledger", "receipt", "basket", "webhook", "currency", "refund", "settlement", "quote", "merchant",
        "idempotency", "café",
    ]
}
