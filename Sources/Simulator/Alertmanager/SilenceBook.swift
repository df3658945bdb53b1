import Foundation
import Synchronization

/// The silences of the simulated Alertmanager, with its rules for changing and ending them.
final class SilenceBook: Sendable {
    enum Refusal: Error, Equatable {
        case unknown
        case alreadyExpired(id: String)
    }

    private struct State {
        var silences: [Silence]
        var generator: SeededGenerator
    }

    private let state: Mutex<State>

    init(seed: UInt64, silences: [Silence] = []) {
        state = Mutex(State(silences: silences, generator: SeededGenerator(seed: seed, "silences")))
    }

    /// Active ones by their end, then pending by their start, then expired by their end, the latest first.
    func sorted(at moment: Date) -> [Silence] {
        let all = state.withLock { $0.silences }
        let groups = Dictionary(grouping: all) { $0.state(at: moment) }
        return (groups[.active] ?? []).sorted { $0.endsAt < $1.endsAt }
            + (groups[.pending] ?? []).sorted { $0.startsAt < $1.startsAt }
            + (groups[.expired] ?? []).sorted { $0.endsAt > $1.endsAt }
    }

    func silence(_ id: String) -> Silence? {
        state.withLock { $0.silences.first { $0.id == id } }
    }

    /// Creates a silence, or changes the one whose id it bears: other matchers expire the old one and make a new one.
    func set(_ wanted: Silence, at moment: Date) throws(Refusal) -> String {
        try state.withLock { state throws(Refusal) in
            var new = wanted
            new.updatedAt = moment
            guard !wanted.id.isEmpty else { return append(new, to: &state) }
            guard let index = state.silences.firstIndex(where: { $0.id == wanted.id }) else { throw .unknown }
            let old = state.silences[index]
            if old.matchers == new.matchers, old.state(at: moment) != .expired {
                if old.state(at: moment) == .active { new.startsAt = old.startsAt }
                state.silences[index] = new
                return new.id
            }
            if old.state(at: moment) != .expired {
                state.silences[index].endsAt = moment
                state.silences[index].updatedAt = moment
            }
            return append(new, to: &state)
        }
    }

    /// Ends a silence now.
    func expire(_ id: String, at moment: Date) throws(Refusal) {
        try state.withLock { state throws(Refusal) in
            guard let index = state.silences.firstIndex(where: { $0.id == id }) else { throw .unknown }
            guard state.silences[index].state(at: moment) != .expired else { throw .alreadyExpired(id: id) }
            if state.silences[index].startsAt > moment { state.silences[index].startsAt = moment }
            state.silences[index].endsAt = moment
            state.silences[index].updatedAt = moment
        }
    }

    private func append(_ silence: Silence, to state: inout State) -> String {
        var silence = silence
        silence.id = state.generator.uuid()
        state.silences.append(silence)
        return silence.id
    }
}
