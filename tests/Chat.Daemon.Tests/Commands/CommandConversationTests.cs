using Chat.TestKit;

namespace Chat.Daemon.Tests.Commands;

/// <summary>Runs <c>conversations/*.chat</c>.</summary>
[TestClass]
public sealed class CommandConversationTests
{
    [TestMethod]
    [DataRow("accounts")]
    [DataRow("languages")]
    [DataRow("moderation")]
    [DataRow("private-room")]
    [DataRow("shutdown")]
    public async Task RunsAsWritten(string file)
    {
        await using var daemon = await TestDaemon.StartAsync();
        await Conversation.RunFileAsync(Path.Combine(AppContext.BaseDirectory, "conversations", file + ".chat"), daemon);
    }
}
