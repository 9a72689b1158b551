namespace Flood;

/// <summary>What a hostile guest sends over and over.</summary>
/// <param name="Lines">
/// Sent again and again, without waiting for answers. <c>#</c> becomes a running number, <c>@</c> one of the connection, <c>~</c> the kind.
/// </param>
/// <param name="Begin">Sent once on each new connection; null to stay without a login.</param>
/// <param name="IsOneOff">Whether to connect anew for each repetition.</param>
internal sealed record FloodKind(string Name, string Lines, string? Begin = FloodKind.Guest, bool IsOneOff = false)
{
    public const string Room = "geral";

    private const string Guest = """{"type":"login","user":"hostil-~@","rooms":["geral"]}""";

    public static readonly IReadOnlyList<FloodKind> All =
    [
        new("login-refused", """{"type":"login","user":"admin"}""", null),
        new("wrong-password", """{"type":"login","user":"admin","password":"x"}""", null),
        new("bad-token", """{"type":"login","token":"x"}""", null),
        new("register-refused", """{"type":"register","user":"admin","password":"uma senha"}""", null),
        new("not-logged-in", """{"type":"history","room":"geral","id":"#"}""", null),
        new("ping-before-login", """{"type":"ping"}""", null),
        new("bad-line", "x", null),
        new("unknown-type", """{"type":"x"}""", null),
        new("endless-line", new string('x', 60_000) + "¬", null),
        new("connect", """{"type":"ping"}""", null, IsOneOff: true),
        new("ping", """{"type":"ping","id":"#"}"""),
        new("message", """{"type":"message","room":"geral","text":"oi","id":"#"}"""),
        new("message-again", """{"type":"message","room":"geral","text":"oi","id":"1"}"""),
        new("message-elsewhere", """{"type":"message","room":"outra","text":"oi"}"""),
        new("message-empty", """{"type":"message","room":"geral","text":""}"""),
        new("message-nobody", """{"type":"message","to":"ninguem","text":"oi"}"""),
        new("slash-command", """{"type":"message","room":"geral","text":"/ajuda"}"""),
        new("command", """{"type":"command","name":"ajuda"}"""),
        new("command-forbidden", """{"type":"message","room":"geral","text":"/banir testemunha-1"}"""),
        new("commands", """{"type":"commands"}"""),
        new("complete", """{"type":"complete","text":"/a","room":"geral"}"""),
        new("history-500", """{"type":"history","room":"geral","limit":500}"""),
        new("history-with", """{"type":"history","with":"testemunha-1","limit":500}"""),
        new("members", """{"type":"members","room":"geral"}"""),
        new("join-again", """{"type":"join","room":"geral","after":0}"""),
        new("join-leave", "{\"type\":\"leave\",\"room\":\"geral\"}\n{\"type\":\"join\",\"room\":\"geral\"}"),
        new("join-new", """{"type":"join","room":"sala-@-#"}"""),
        new("login-twice", """{"type":"login","user":"outro"}"""),
    ];
}
