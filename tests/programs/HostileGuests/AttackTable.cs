namespace HostileGuests;

/// <summary>All attacks. What each may do to others is bounded by a rule of the daemon, and this program shows that it is.</summary>
internal static class AttackTable
{
    public const string Room = "geral";

    private const string Guest = "{\"type\":\"login\",\"user\":\"hostil-@\",\"rooms\":[\"geral\"]}\n";
    private const string Upgrade =
        "GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    public static readonly IReadOnlyList<Attack> All =
    [
        new("connect", 20, "connects, asks once and is gone") { Text = Line("""{"type":"ping"}"""), Manner = Manner.Connect },
        new("login-refused", 20, "logs in with a name that needs a password") { Text = Line("""{"type":"login","user":"admin"}""") },
        new("wrong-password", 20, "guesses a password")
        {
            Text = Line("""{"type":"login","user":"admin","password":"uma senha"}"""),
        },
        new("bad-line", 20, "sends lines that are no frames") { Text = Line("x") },
        new("endless-line", 20, "sends a line that does not end") { Text = new string('x', 60_000) },
        new("partial-line", 150, "sends most of a line and waits") { Text = new string('x', 16_000), Manner = Manner.Hold },
        new("drip", 150, "sends a byte now and then") { Begin = Guest, Text = Line("""{"type":"ping"}"""), Manner = Manner.Drip },
        new("ping", 20, "pings") { Begin = Guest, Text = Line("""{"type":"ping","id":"#"}""") },
        new("message", 20, "floods the bystanders' room")
        {
            Begin = Guest, Text = Line("""{"type":"message","room":"geral","text":"oi","id":"#"}"""),
        },
        new("message-again", 20, "sends one message again and again")
        {
            Begin = Guest, Text = Line("""{"type":"message","room":"geral","text":"oi","id":"1"}"""),
        },
        new("edit", 20, "edits a message to and fro")
        {
            Begin = Guest + Line("""{"type":"join","room":"sala-@"}""") + Line("""{"type":"message","room":"sala-@","text":"oi"}"""),
            Text = Line("""{"type":"edit","room":"sala-@","seq":1,"text":"olá"}""")
                + Line("""{"type":"edit","room":"sala-@","seq":1,"text":"oi"}"""),
        },
        new("react", 20, "reacts to a message, and takes it back")
        {
            Begin = Guest, Text = Line("""{"type":"react","room":"geral","seq":1,"emoji":"👍"}""")
                + Line("""{"type":"react","room":"geral","seq":1,"emoji":"👍","remove":true}"""),
        },
        new("changes", 50, "asks for all changes, pipelined")
        {
            Begin = Guest, Text = Line("""{"type":"changes","room":"geral","rev":0,"limit":500}"""),
        },
        new("slash-command", 20, "calls a command") { Begin = Guest, Text = Line("""{"type":"command","name":"ajuda"}""") },
        new("complete", 20, "asks for completions")
        {
            Begin = Guest, Text = Line("""{"type":"complete","text":"/a","cursor":2,"room":"geral"}"""),
        },
        new("history", 50, "asks for long pages, pipelined")
        {
            Begin = Guest, Text = Line("""{"type":"history","room":"geral","limit":500}"""),
        },
        new("silent-reader", 50, "asks for long pages and does not read them")
        {
            Begin = Guest, Text = Line("""{"type":"history","room":"geral","limit":500}"""), Reads = false,
        },
        new("members", 50, "asks who is there") { Begin = Guest, Text = Line("""{"type":"members","room":"geral"}""") },
        new("join-again", 50, "joins the room that it is in, from its first message")
        {
            Begin = Guest, Text = Line("""{"type":"join","room":"geral","after":0}"""),
        },
        new("join-leave", 50, "leaves and joins the bystanders' room")
        {
            Begin = Guest, Text = Line("""{"type":"leave","room":"geral"}""") + Line("""{"type":"join","room":"geral"}"""),
        },
        new("join-new", 20, "creates rooms") { Begin = Guest, Text = Line("""{"type":"join","room":"sala-@-#"}""") },
        new("http-get", 20, "asks for the health page") { IsHttp = true, Text = "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n" },
        new("http-drip", 150, "sends a request byte by byte")
        {
            IsHttp = true, Text = "GET /health HTTP/1.1\r\nX-Long: " + new string('x', 1_000), Manner = Manner.Drip,
        },
        new("websocket", 20, "upgrades, then sends frames that are not masked") { IsHttp = true, Begin = Upgrade, Text = "\u0001\u0002xx" },
    ];

    public static Attack? Find(string name) => All.FirstOrDefault(attack => attack.Name == name);

    private static string Line(string frame) => frame + "\n";
}
