import Canvas

/// Makes one double press of two presses at the same cell in quick succession.
struct DoubleClick {
    private var last: (place: Point, at: ContinuousClock.Instant)?
    static let window: Duration = .milliseconds(400)

    mutating func joined(_ event: InputEvent, at now: ContinuousClock.Instant = .now) -> InputEvent {
        guard case .mouse(let mouse) = event, mouse.action == .press else { return event }
        if let last, last.place == mouse.place, now - last.at <= Self.window {
            self.last = nil
            return .mouse(MouseEvent(.doublePress, at: mouse.place))
        }
        last = (mouse.place, now)
        return event
    }
}
