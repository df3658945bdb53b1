import PaneKit

/// Carries out the effects that reach outside: subscriptions, refreshes, files. Called on the main thread; must return at
/// once, so what takes time is started here and reports through the inbox.
public protocol EffectHandler: AnyObject {
    /// What the person should be told about it now; nil for nothing.
    func perform(_ effect: Effect) -> Notice?
}
