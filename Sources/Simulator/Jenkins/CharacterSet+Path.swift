import Foundation

extension CharacterSet {
    /// What may stand in one segment of a path without being encoded; a percent sign may not.
    static let urlPathSegment = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~()")
}
