using Chat.TestKit;

namespace Chat.Daemon.Tests.Commands;

/// <summary>Stories as people would tell them: <c>conversations/*.chat</c>.</summary>
[TestClass]
public sealed class StoryTests
{
    [TestMethod]
    [DataRow("accounts")]
    [DataRow("languages")]
    [DataRow("moderation")]
    [DataRow("private-room")]
    [DataRow("shutdown")]
    public async Task ItGoesAsTold(string story)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await Conversation.RunFileAsync(Path.Combine(AppContext.BaseDirectory, "conversations", story + ".chat"), daemon);
    }
}
