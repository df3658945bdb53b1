import Model

/// Which planner plans which verb.
extension Planning {
    func draft() async throws -> Draft {
        switch action.verb {
        case .restart where objects.allSatisfy({ $0.kind == .pods }): try await PodPlans(self).restart()
        case .restart: try await RolloutPlans(self).restart()
        case .evict: try await PodPlans(self).evict()
        case .scale(let replicas): try await RolloutPlans(self).scale(to: replicas)
        case .undoRollout(let revision): try await RolloutPlans(self).undo(to: revision)
        case .pauseRollout: try await RolloutPlans(self).pause(true)
        case .resumeRollout: try await RolloutPlans(self).pause(false)
        case .setImage(let images): try await RolloutPlans(self).setImage(images)
        case .trigger: try await JobPlans(self).trigger()
        case .rerun: try await JobPlans(self).rerun()
        case .suspend: try await JobPlans(self).suspend(true)
        case .unsuspend: try await JobPlans(self).suspend(false)
        case .cordon: try await NodePlans(self).cordon(true)
        case .uncordon: try await NodePlans(self).cordon(false)
        case .drain(let options): try await NodePlans(self).drain(options)
        case .delete(let options): try await ObjectPlans(self).delete(options)
        case .label(let changes): try await ObjectPlans(self).mark(.labels, changes)
        case .annotate(let changes): try await ObjectPlans(self).mark(.annotations, changes)
        case .apply(let text, let force): try await ManifestPlans(self).apply(text, force: force)
        case .create(let text): try await ManifestPlans(self).create(text)
        case .debug(let options): try await DebugPlans(self).debug(options)
        case .nodeShell(let image): try await DebugPlans(self).nodeShell(image)
        case .shell: try await SessionPlans(self).session("shell", "open a shell in")
        case .attach: try await SessionPlans(self).session("attach", "attach to")
        case .forward: try await SessionPlans(self).session("forward", "forward ports of")
        case .copy: try await SessionPlans(self).session("copy", "copy files of")
        case .reveal(let key): try RevealPlan(self).draft(key)
        case .revert(let id): try RevertPlan(self).draft(id)
        case .rollBackRelease(let name, let revision): try await ReleasePlans(self).rollBack(name, to: revision)
        // The desk takes objects to the editor by another way.
        case .edit: throw ActionRefusal(.invalid, "an edit has no plan before the text")
        }
    }
}
