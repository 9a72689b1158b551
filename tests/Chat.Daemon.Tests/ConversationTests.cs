using Chat.TestKit;

namespace Chat.Daemon.Tests;

/// <summary>The conversations in <c>conversations</c>, each with the message log in a file, on a PostgreSQL server and
/// in memory, and over every transport.</summary>
[TestClass]
public sealed class ConversationTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "conversations");

    /// <summary>A log in memory does not survive a restart, so conversations with a restart run with the log on disk only.</summary>
    public static IEnumerable<object[]> Conversations =>
        from path in Directory.GetFiles(Folder, "*.chat")
        from durability in (string[])["normal", "none"]
        where durability != "none" || !File.ReadAllText(path).Contains("daemon restarts", StringComparison.Ordinal)
        select (object[])[Path.GetFileNameWithoutExtension(path), durability];

    public static IEnumerable<object[]> All =>
        Directory.GetFiles(Folder, "*.chat").Select(path => (object[])[Path.GetFileNameWithoutExtension(path)]);

    /// <summary>A WebSocket cannot be half closed.</summary>
    public static IEnumerable<object[]> OtherTransports =>
        from path in Directory.GetFiles(Folder, "*.chat")
        from scheme in (string[])["kestrel", "tls", "http", "https"]
        where scheme is "kestrel" or "tls" || !File.ReadAllText(path).Contains("stops sending", StringComparison.Ordinal)
        select (object[])[Path.GetFileNameWithoutExtension(path), scheme];

    [TestMethod]
    [DynamicData(nameof(Conversations))]
    public async Task ConversationGoesAsWritten(string conversation, string durability)
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:History:Durability", durability));
        await Conversation.RunFileAsync(Path.Combine(Folder, $"{conversation}.chat"), daemon);
    }

    [TestMethod]
    [DynamicData(nameof(All))]
    public async Task ConversationGoesAsWrittenOnAPostgresServer(string conversation)
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:Database", await TestServer.NewSchemaAsync()));
        await Conversation.RunFileAsync(Path.Combine(Folder, $"{conversation}.chat"), daemon);
    }

    [TestMethod]
    [DynamicData(nameof(OtherTransports))]
    public async Task ConversationGoesAsWrittenOverOtherTransports(string conversation, string scheme)
    {
        using var certificate = new TestCertificate();
        await using var daemon = await TestDaemon.StartAsync(
            ("Chat:Listen:Tls", "127.0.0.1:0"), ("Chat:Listen:Https", "127.0.0.1:0"), ("Chat:Tls:Certificate", certificate.Path),
            ("Chat:Transport:Tcp", "kestrel"));
        var transport = scheme == "kestrel" ? TestTransport.Tcp : new TestTransport(scheme, scheme == "http" ? null : certificate);
        await Conversation.RunFileAsync(
            Path.Combine(Folder, $"{conversation}.chat"), daemon, who => daemon.ConnectAsync(who, transport));
    }
}
