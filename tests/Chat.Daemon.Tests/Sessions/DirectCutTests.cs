using Chat.Protocol;
using Chat.TestKit;

namespace Chat.Daemon.Tests.Sessions;

/// <summary>The numbers in <c>welcome</c> are a cut: direct messages up to them are in the history, and all later ones come live.</summary>
[TestClass]
public sealed class DirectCutTests
{
    private const string Password = "uma senha bem comprida";
    private const int Rounds = 150;

    [TestMethod]
    public async Task AMessageCommittedDuringALoginIsNotDeliveredBehindTheCut()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await using (var ana = await daemon.ConnectAsync("ana"))
            await ana.AskAsync<DaemonFrame.Welcome>(new ClientFrame.Register("ana", Password));
        await using var bia = await daemon.GuestAsync("bia");
        await using var phone = await daemon.ConnectAsync("phone");
        var token = (await phone.LoginAsync(new ClientFrame.Login("ana", Password, Rooms: []))).Token;
        using var enough = new CancellationTokenSource();
        var writing = WriteAsync(bia, enough.Token);
        for (var round = 0; round < Rounds; round++)
        {
            await using var back = await daemon.ConnectAsync($"round {round}");
            var welcome = await back.LoginAsync(new ClientFrame.Login(Token: token, Rooms: []));
            var cut = welcome.Direct.SingleOrDefault()?.Seq ?? 0;
            var next = await back.ExpectAsync<DaemonFrame.Message>();
            Assert.AreEqual(cut + 1, next.Seq, $"round {round}");
        }
        await enough.CancelAsync();
        await writing;
    }

    private static async Task WriteAsync(TestClient bia, CancellationToken enough)
    {
        for (var i = 0; !enough.IsCancellationRequested; i++)
            await bia.AskAsync<DaemonFrame.Message>(new ClientFrame.Message($"{i}", To: "ana"));
    }
}
