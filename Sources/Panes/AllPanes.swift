import PaneKit

/// The panes of the program, in the order of their tabs. A pane is a folder here and a line in this list.
public enum AllPanes {
    public static let descriptors: [PaneDescriptor] = [
        WorkloadsPane.descriptor, LogsPane.descriptor, PipelinesPane.descriptor, AlertsPane.descriptor,
        ShellsPane.descriptor, ForwardsPane.descriptor,
        ReleasesPane.descriptor,
    ]
}
