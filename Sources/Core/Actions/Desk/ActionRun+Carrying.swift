import Backends
import HTTP
import Model

/// From the confirmation to the report.
extension ActionRun {
    /// How many lanes are on their way at once.
    private static let lanesAtOnce = 8

    /// Carries out the steps at `indices`; those in `again` were sent before, and it is asked first what became of them.
    func carryOut(_ indices: [Int], again: Set<Int>) async {
        guard let draft = state.withLock({ $0.draft }) else { return }
        guard begun(draft) else { return }
        for index in indices where draft.steps[index].isFirst { await carryOut(first: index, draft, again) }
        let lanes = Lanes(
            indices.filter { !draft.steps[$0].isFirst }.sorted {
                (again.contains($0) ? 0 : 1, $0) < (again.contains($1) ? 0 : 1, $1)
            }
        ) {
            draft.steps[$0].lane
        }
        await withTaskGroup(of: Void.self) { group in
            for (number, lane) in lanes.list.enumerated() {
                if number >= Self.lanesAtOnce { await group.next() }
                group.addTask { await self.carryOut(lane: lane, draft, again) }
            }
        }
        finish(draft)
        await hideAgain()
    }

    private func carryOut(first index: Int, _ draft: Draft, _ again: Set<Int>) async {
        await carryOut(lane: [index], draft, again)
        let isDone = state.withLock { $0.progress?.items[index].state.isDone ?? false }
        if !isDone { halt("\(draft.steps[index].name) did not go well") }
    }

    private func carryOut(lane: [Int], _ draft: Draft, _ again: Set<Int>) async {
        var isEnded = false
        for index in lane {
            if let reason = isEnded ? "the one before it did not go well" : haltReason() {
                set(index, .skipped("not begun: \(reason)"))
            } else {
                isEnded = await carryOut(index, draft.steps[index], again.contains(index))
            }
        }
    }

    private func haltReason() -> String? {
        state.withLock { state in
            state.halt ?? (state.progress?.isStopping == true ? "stopped" : nil)
        }
    }

    /// Returns whether the lane ends here.
    private func carryOut(_ index: Int, _ step: Step, _ again: Bool) async -> Bool {
        let run = stepRun(index)
        do {
            set(index, .working(again ? "asking what became of it" : "sending"))
            if again, let recheck = step.recheck, let outcome = try await recheck(run) {
                done(index, outcome)
            } else {
                done(index, try await step.work(run))
            }
            return false
        } catch let error as WriteError {
            take(error, index, step)
        } catch let fault as StepFault {
            set(index, fault.kind == .failed ? .failed(fault.words) : .unknown(fault.words))
            return fault.endsLane
        } catch is Editing.ChangedMeanwhile {
            set(index, .failed("somebody changed it meanwhile"))
            state.withLock { $0.isOvertaken = true }
        } catch let refusal as ActionRefusal {
            set(index, .failed(refusal.reason))
            if refusal.kind == .readOnly { halt(refusal.reason) }
        } catch {
            unsent(index, error)
        }
        return false
    }

    private func take(_ error: WriteError, _ index: Int, _ step: Step) {
        switch error {
        case .refused(let refusal): set(index, .failed(step.words(about: refusal)))
        case .unsent: unsent(index, error)
        case .unanswered:
            set(index, .unknown("sent, but no answer came: \(error.message)"))
            halt("the connection was lost")
        }
    }

    /// Nothing was sent: a server that cannot be reached ends it all, an answer that cannot be used ends this one.
    private func unsent(_ index: Int, _ error: any Error) {
        let refusal = ActionRefusal(error)
        guard refusal.kind == .unreachable else { return set(index, .failed(refusal.reason)) }
        set(index, .skipped("not sent: \(refusal.reason)"))
        halt("the connection was lost")
    }

    private func halt(_ reason: String) { state.withLock { if $0.halt == nil { $0.halt = reason } } }

    private func set(_ index: Int, _ new: ActionProgress.State) {
        change { state in
            guard var progress = state.progress else { return }
            progress.items[index].state = new
            state.progress = progress
        }
    }

    private func done(_ index: Int, _ outcome: StepOutcome) {
        state.withLock { $0.outcomes[index] = outcome }
        set(index, .done(outcome.words))
    }

    private func stepRun(_ index: Int) -> StepRun {
        let (action, typed, waits) = state.withLock { ($0.action, $0.typed, $0.waits) }
        // The environment was there when the plan was made, and does not go away.
        let environment = parts.environments[action.environment]!
        let permit: @Sendable () throws -> WritePermit = { [parts] in
            try parts.guard.permit(for: action, typed: typed)
        }
        return StepRun(
            // A cluster without a client gave no plan.
            client: try! environment.kubernetes(), pacer: parts.pacer, waits: waits, permit: permit,
            writer: { try environment.writer(try permit()) },
            say: { [weak self] in self?.set(index, .working($0)) },
            isStopping: { [weak self] in self?.state.withLock { $0.progress?.isStopping ?? true } ?? true })
    }
}

/// Indices in lanes, in the order in which the lanes first come.
private struct Lanes {
    private(set) var list: [[Int]] = []

    init(_ indices: [Int], lane: (Int) -> String) {
        var places: [String: Int] = [:]
        for index in indices {
            let name = lane(index)
            if let place = places[name] {
                list[place].append(index)
            } else {
                places[name] = list.count
                list.append([index])
            }
        }
    }
}

extension Step {
    /// The server's no in full, with what it means for this object.
    fileprivate func words(about refusal: WriteRefusal) -> String {
        switch refusal.code {
        case 404: "it is gone: \(refusal.message)"
        // What a JSON patch's own test says when it does not hold.
        case 422 where refusal.causes.isEmpty && refusal.words.contains("rejected our request"):
            "it was changed or replaced meanwhile: \(refusal.message)"
        case 409 where refusal.reason == "Conflict": "it was changed or replaced meanwhile: \(refusal.message)"
        default: refusal.message
        }
    }
}
