/// What there is to say at Lanternpay.
enum LogPhrases {
    static func phrase(_ level: LogLevel, _ dice: inout LogDice) -> String {
        let order = 100_000 + dice.below(900_000)
        switch level {
        case .debug: return "cache lookup order:\(order) \(dice.below(10) < 8 ? "hit" : "miss")"
        case .info: return "\(dice.pick(information)) order=\(order)"
        case .warning: return "\(dice.pick(warnings)) order=\(order)"
        case .error: return "\(dice.pick(errors)) order=\(order)"
        }
    }

    static let information = [
        "payment authorised", "payment captured", "basket saved", "request handled", "event published",
        "quote computed",
        "risk score assigned", "customer notified", "ledger entry booked", "idempotency key stored",
        "webhook delivered",
    ]
    static let warnings = [
        "retrying after transient failure", "pool is nearly exhausted (18 of 20)", "deprecated field used by client",
        "webhook answered 503, will retry", "clock skew of 412 ms against peer", "queue lag is 40 s",
    ]
    static let errors = [
        "card network timed out", "could not publish event: broker not available", "duplicate settlement refused",
        "signature check failed", "deadlock detected, transaction rolled back",
    ]
    static let postgres = [
        "checkpoint starting: time",
        "checkpoint complete: wrote 1204 buffers (7.3%); 0 WAL file(s) added, 0 removed, 2 recycled",
        "automatic vacuum of table \"payments.public.authorisations\": index scans: 1",
        "duration: 1843.221 ms  execute <unnamed>: SELECT * FROM settlements WHERE day = $1",
        "connection received: host=10.20.3.17 port=51844", "connection authorized: user=payments database=payments",
    ]
    static let klog = [
        "\"Reconciled\" controller=\"deployment\" duration=\"12.4ms\"", "\"Syncing endpoints\" namespace=\"payments\"",
        "Watch close - *v1.Service total 24 items received", "\"Lease renewed\" holder=\"node-3\"",
        "\"Throttling request\" delay=\"1.02s\" verb=\"GET\"",
    ]
    static let paths = [
        "/v1/payments", "/v1/payments/8f21/capture", "/healthz", "/v1/baskets/77", "/checkout?step=2&lang=de",
        "/static/app.3f9c.js",
        "/v1/merchants/lamp-shop/statements", "/v1/quotes", "/metrics", "/v1/refunds/2210",
    ]
    static let worldNames = [
        "佐藤 花子", "김민준", "Zoë Müller-Łukasz", "Ольга Петрова", "محمد", "עדה", "जया", "👩‍👩‍👧‍👦 Lantern", "ｗｉｄｅ", "e\u{301}cole",
        "สมชาย", "🇩🇪 Käthe",
    ]
    static let worldPhrases = [
        "送信完了 ✉️ 宛先=", "mail queued for", "テンプレート「領収書」を描画しました", "알림 전송됨", "уведомление отправлено:", "✅ delivered →",
    ]
    /// Indexed by a die of 24; beyond the end the container says something ordinary.
    static let rude: [[UInt8]] = [
        [0xFF, 0xFE, 0x80, 0x41, 0xC3, 0x28, 0xE2, 0x82],
        Array("\u{1B}]0;you have been renamed\u{07}after the title".utf8),
        Array("\u{1B}[2J\u{1B}[1;1Hcleared?\u{1B}[?1049l".utf8),
        Array("10%\r20%\r30%\r100% done".utf8),
        Array("a\tb\tc\u{0}d\u{8}\u{8}e\u{7F}".utf8),
        Array("\u{1B}[38;5;208morange\u{1B}[0m \u{1B}[48;2;20;40;60mdeep\u{1B}[m \u{1B}[4munder".utf8),
        Array(String(repeating: "long-", count: 2400).utf8),
        Array("\u{202E}gnitset ,tfel ot thgir\u{202C}".utf8),
        Array("\u{1B}P+q544e\u{1B}\\ and \u{9B}31m eight-bit".utf8),
        Array("<script>alert(1)</script> && rm -rf / # harmless".utf8),
    ]
}
