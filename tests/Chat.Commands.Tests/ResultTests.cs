using System.Text.Json;
using Chat.Daemon.Commands;
using Chat.Protocol;

namespace Chat.Commands.Tests;

/// <summary>Data for programs in a command's result: whatever passes the daemon, a client can read.</summary>
[TestClass]
internal sealed class ResultTests
{
    [TestMethod]
    [DataRow("{\"a\":[1,\"\\ud83d\\ude00\"]}")]
    [DataRow("[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]")] // 15 levels, with the frame 16
    public async Task DataThatFitsIsSent(string data)
    {
        var outcome = await ResultOf(data);
        Assert.AreEqual(JsonElement.Parse(data).GetRawText(), ((CommandOutcome.Reply)outcome).Data!.Value.GetRawText());
    }

    [TestMethod]
    [DataRow("[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]")]
    [DataRow("\"\\ud800\"")]
    [DataRow("{\"\\udc00\":1}")]
    [DataRow("[1,]")]
    [DataRow("")]
    public async Task DataThatNoClientReadsIsAFaultOfThePlugin(string data) =>
        Assert.AreEqual(RefusalCode.CommandFailed, (await ResultOf(data)).Code);

    private static Task<CommandOutcome> ResultOf(string data) =>
        new Stand(Stand.Command("x", _ => new CommandResult.Reply("ok", data))).Sends(KnownEntities.Ana, "/x");
}
