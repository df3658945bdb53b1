import Foundation

/// Plays scenarios one after the other, over and over, with calm between them.
struct ScenarioPlayer: Sendable {
    /// How far into the first story the day begins, so that there is something to see at once.
    static let headStart: TimeInterval = 120
    /// The calm after each story.
    static let pause: TimeInterval = 240

    let state: CompanyState
    let controls: [String: any ClusterControls]

    /// Plays until the task is cancelled; returns at once when there is nothing but calm to play.
    func play(_ scenarios: [Scenario]) async {
        let stories = scenarios.filter { $0 != .calm }
        guard !stories.isEmpty else { return }
        var beginning = state.clock.now.addingTimeInterval(-Self.headStart)
        var index = 0
        do {
            while true {
                let stage = ScenarioStage(state: state, controls: controls, beginning: beginning)
                try await stories[index % stories.count].play(on: stage)
                try await state.clock.sleep(seconds: Self.pause)
                beginning = state.clock.now
                index += 1
            }
        } catch {
            // Cancelled: whoever started the company has stopped it.
        }
    }
}
