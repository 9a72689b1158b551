using Chat.TestKit;

namespace Chat.Daemon.Tests;

/// <summary>The stories of <c>conversations</c>, each over a log on disk and over one in memory.</summary>
[TestClass]
public sealed class ConversationTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "conversations");

    public static IEnumerable<object[]> Stories =>
        from path in Directory.GetFiles(Folder, "*.chat")
        from durability in (string[])["normal", "none"]
        where durability != "none" || !File.ReadAllText(path).Contains("daemon restarts", StringComparison.Ordinal)
        select (object[])[Path.GetFileNameWithoutExtension(path), durability];

    [TestMethod]
    [DynamicData(nameof(Stories))]
    public async Task IsHeld(string story, string durability)
    {
        await using var daemon = await TestDaemon.StartAsync(("Chat:History:Durability", durability));
        await Conversation.RunFileAsync(Path.Combine(Folder, $"{story}.chat"), daemon);
    }
}
