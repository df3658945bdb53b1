/// Something that goes wrong at the company and is put right again, told in all its systems at once.
enum Scenario: String, CaseIterable, Sendable {
    case badDeploy = "bad-deploy"
    case nodeDown = "node-down"
    case diskFull = "disk-full"
    case slowPayments = "slow-payments"
    case calm

    /// One line for whoever chooses.
    var summary: String {
        switch self {
        case .badDeploy: "a pipeline ships an image that crashes; alerts fire; the release is rolled back"
        case .nodeDown: "a worker of production stops answering and comes back"
        case .diskFull: "the ledger's database runs out of disk"
        case .slowPayments: "payments answer late because their database does"
        case .calm: "nothing out of the ordinary"
        }
    }

    /// Plays it to its end, which takes some minutes of the stage's clock.
    func play(on stage: ScenarioStage) async throws {
        switch self {
        case .badDeploy: try await BadDeploy(stage: stage).play()
        case .nodeDown: try await stage.playNodeDown()
        case .diskFull: try await stage.playDiskFull()
        case .slowPayments: try await stage.playSlowPayments()
        case .calm: return
        }
    }
}
