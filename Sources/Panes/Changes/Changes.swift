import Model
import PaneKit

/// Every change there is, as a table; which of them a pane offers is the pane's.
enum Changes {
    static let all: [Change] = common + pods + files + workloads + jobs + nodes + rare

    /// What is offered where a pod or workload is only what something else is about: a log, an alert.
    static let quick: [Command.ID] = ["restart", "shell", "scale", "rollout.undo"]

    static func named(_ id: Command.ID) -> Change? { byID[id] }
    private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.row.id, $0) })

    private static func row(
        _ id: Command.ID, _ title: String, _ help: String, _ key: String, _ danger: Command.Danger = .changes,
        weight: Int = 0
    ) -> Command {
        Command(id, title, help: help, keys: [key], group: "Change", danger: danger, weight: weight)
    }

    private static let common: [Change] = [
        Change(
            row(
                "restart", "restart", "restart: a pod by its successor, a workload by a rolling restart", "R",
                weight: 68),
            .restart),
        Change(
            row("delete", "delete", "delete; how is chosen on the sheet", "ctrl-d", .destroys, weight: 25),
            .delete(DeleteOptions())),
        Change(
            row("edit", "edit", "edit the object in your editor; what differs is shown before it is sent", "e"), .edit,
            takesSeveral: false),
        Change(
            row("label", "label", "set labels with key=value, take them away with key-", "L"), .label([:]),
            questions: [Questions.pairs("label")],
            make: { _, answers throws(Change.Mistake) in .label(try Answers.pairs(answers[0])) }),
        Change(
            row("annotate", "annotate", "set annotations with key=value, take them away with key-", "m"),
            .annotate([:]), questions: [Questions.pairs("annotate")],
            make: { _, answers throws(Change.Mistake) in .annotate(try Answers.pairs(answers[0])) }),
    ]

    private static let pods: [Change] = [
        Change(
            row("shell", "shell", "a shell in the container, or on the node", "s", weight: 67),
            verb: { $0 == .nodes ? .nodeShell(image: "") : .shell(ShellOptions()) }, takesSeveral: false,
            questions: [Questions.shell],
            make: { subject, answers throws(Change.Mistake) in
                if subject.kind == .nodes { return .nodeShell(image: try Answers.image(answers[0])) }
                return .shell(ShellOptions(container: subject.ownContainer ?? Answers.given(answers[0])))
            }),
        Change(
            row("attach", "attach", "to the container's own process", "a"), .attach(container: nil),
            takesSeveral: false, questions: [Questions.container("attach to")],
            make: { subject, answers in .attach(container: subject.ownContainer ?? Answers.given(answers[0])) }),
        Change(
            row("debug", "debug", "a container with tools beside those of the pod, and a shell in it", "b"),
            .debug(DebugOptions(image: "")), takesSeveral: false, questions: [Questions.image("debug")],
            make: { subject, answers throws(Change.Mistake) in
                .debug(DebugOptions(image: try Answers.image(answers[0]), target: subject.ownContainer))
            }),
        Change(row("evict", "evict", "delete as far as disruption budgets allow", "E", .destroys), .evict),
        Change(
            row("delete.force", "force delete", "delete pods without waiting for the node", "ctrl-k", .destroys),
            .delete(DeleteOptions(grace: 0, isForced: true)), onlyPods: "only pods can be deleted by force"),
        Change(
            row("port.forward", "port-forward", "ports of this machine to it: 8080:80 9090", "f"),
            .forward(ForwardOptions(ports: [])), takesSeveral: false, questions: [Questions.ports],
            make: { _, answers throws(Change.Mistake) in .forward(try Answers.ports(answers[0])) }),
    ]

    private static let files: [Change] = [
        Change(
            row("copy.from", "copy from", "a file or folder out of the container", "<"),
            .copy(CopyOptions(.fromContainer, local: "", remote: "")), takesSeveral: false,
            questions: [
                Questions.remotePath("copy out of the container: "), Questions.localPath("to, on this machine: "),
            ],
            make: { subject, answers throws(Change.Mistake) in
                .copy(
                    CopyOptions(
                        .fromContainer, local: try Answers.path(answers[1]), remote: try Answers.path(answers[0]),
                        container: subject.ownContainer))
            }),
        Change(
            row("copy.to", "copy to", "a file or folder into the container", ">"),
            .copy(CopyOptions(.toContainer, local: "", remote: "")), takesSeveral: false,
            questions: [
                Questions.localPath("copy into the container: "), Questions.remotePath("to, in the container: "),
            ],
            make: { subject, answers throws(Change.Mistake) in
                .copy(
                    CopyOptions(
                        .toContainer, local: try Answers.path(answers[0]), remote: try Answers.path(answers[1]),
                        container: subject.ownContainer))
            }),
    ]

    private static let workloads: [Change] = [
        Change(
            row("scale", "scale", "how many replicas are wanted", "r", weight: 38), .scale(replicas: 1),
            questions: [Questions.replicas],
            make: { _, answers throws(Change.Mistake) in .scale(replicas: try Answers.replicas(answers[0])) }),
        Change(
            row("image", "set image", "another image for a container", "i"), .setImage([:]), takesSeveral: false,
            questions: [Questions.imageContainer, Questions.newImage],
            make: { subject, answers throws(Change.Mistake) in
                let name = try Answers.word(subject.ownContainer ?? answers[0], "a container")
                return .setImage([name: try Answers.image(answers[1])])
            }),
        Change(
            row("rollout.undo", "roll back", "back to an earlier revision; what differs is shown first", "B"),
            .undoRollout(revision: nil), takesSeveral: false, questions: [Questions.revision],
            make: { _, answers throws(Change.Mistake) in .undoRollout(revision: try Answers.revision(answers[0])) }),
        Change(row("rollout.pause", "pause", "hold the rollout of the deployment where it is", "P"), .pauseRollout),
        Change(row("rollout.resume", "resume", "let a paused rollout go on", "alt-p"), .resumeRollout),
    ]

    private static let jobs: [Change] = [
        Change(
            row("run", "run now", "a job from the cron job now, or the same job once more", "t", weight: 37),
            verb: { $0 == .cronJobs ? .trigger : .rerun },
            make: { subject, _ in subject.kind == .cronJobs ? .trigger : .rerun }),
        Change(row("suspend", "suspend", "let the job or the cron job rest", "z"), .suspend),
        Change(row("unsuspend", "resume", "let a suspended job or cron job go on", "alt-z"), .unsuspend),
    ]

    private static let nodes: [Change] = [
        Change(row("cordon", "cordon", "no more pods for the node", "K", weight: 36), .cordon),
        Change(row("uncordon", "uncordon", "pods for the node again", "alt-k"), .uncordon),
        Change(
            row(
                "drain", "drain", "cordon the node and evict its pods; how is chosen on the sheet", "D", .destroys,
                weight: 37),
            .drain(DrainOptions())),
    ]

    private static let rare: [Change] = [
        Change(
            row("reveal", "show value", "one hidden value, for a while; each showing is written down", "V", .none),
            .reveal(key: ""), takesSeveral: false, isReading: true, questions: [Questions.key],
            make: { subject, answers throws(Change.Mistake) in
                let only = subject.keys.count == 1 ? subject.keys[0] : ""
                return .reveal(key: try Answers.word(answers[0].isEmpty ? only : answers[0], "a key"))
            })
    ]
}
