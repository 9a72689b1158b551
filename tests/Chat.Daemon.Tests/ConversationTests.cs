using Chat.TestKit;

namespace Chat.Daemon.Tests;

/// <summary>The conversations in <c>conversations</c>, each with the message log on disk and in memory.</summary>
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

    [TestMethod]
    [DynamicData(nameof(Conversations))]
    public async Task ConversationGoesAsWritten(string conversation, string durability)
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:History:Durability", durability));
        await Conversation.RunFileAsync(Path.Combine(Folder, $"{conversation}.chat"), daemon);
    }
}
