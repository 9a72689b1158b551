using System.Text.RegularExpressions;
using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Crash.Tests;

/// <summary>The search index has no room: messages go on, searches say so, and all is found once there is room.</summary>
[TestClass]
public sealed partial class SearchDiskTests
{
    [TestMethod]
    [DataRow("ENOSPC")]
    [DataRow("EDQUOT")]
    public async Task WithoutRoomForTheIndexOnlySearchFails(string error)
    {
        await using var daemon = await FaultyDaemon.StartAsync();
        await using var admin = await daemon.ConnectAsync("admin");
        await admin.LoginAsync(new ClientFrame.Login("admin", FaultyDaemon.AdminPassword, Rooms: ["geral"], Lang: "en"));
        await admin.SayAsync("geral", "a word before");
        await UntilAsync(admin, answer => answer is DaemonFrame.Found { Messages.Count: 1 });

        daemon.Fail($"write *search.db* 0 -1 error {error}");
        await admin.SayAsync("geral", "a word meanwhile");
        await daemon.Process.ErrorLineAsync(NoRoom());
        var refused = await admin.AskAsync<DaemonFrame.Error>(new ClientFrame.Search("word"));
        Assert.AreEqual(RefusalCode.Storage, refused.Code);
        Assert.Contains("room", refused.Text);
        await admin.SayAsync("geral", "another word");

        daemon.Mend();
        await UntilAsync(admin, answer => answer is DaemonFrame.Found { Messages.Count: 3 });
        await daemon.Process.ErrorLineAsync(WorksAgain());
    }

    private static async Task UntilAsync(TestClient client, Func<DaemonFrame, bool> isMet)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isMet(await client.AskAsync<DaemonFrame>(new ClientFrame.Search("word")))) await Task.Delay(100, limit.Token);
    }

    [GeneratedRegex("No room for the search index")]
    private static partial Regex NoRoom();

    [GeneratedRegex("Search works again")]
    private static partial Regex WorksAgain();
}
