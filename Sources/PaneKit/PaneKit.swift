// PaneKit
