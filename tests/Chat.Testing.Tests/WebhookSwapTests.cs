using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Chat.Testing.Tests;

/// <summary>The shipped plugin Webhooks under the conditions of any plugin: replaced while it is used, and collected.</summary>
[TestClass]
public sealed class WebhookSwapTests
{
    private static readonly string Dll = Path.Combine(AppContext.BaseDirectory, "Plugins", "Webhooks", "Webhooks.dll");

    [TestMethod]
    public async Task NothingIsLostWhileItIsReplaced()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var received = new List<string>();
        var serving = ServeAsync(listener, received);
        await using (var chat = await ChatTest.WithPlugin(Dll)
            .Configuring("Webhooks", """{ "openNetworks": ["127.0.0.0/8"], "allowHttp": true }"""))
        {
            var (admin, ana) = (chat.Admin().In("geral"), chat.User("ana").In("geral"));
            var made = await admin.Sends("/webhook entrada geral CI");
            var path = "/p/" + made.Text.Split("/p/")[1];
            (await admin.Sends($"/webhook saida geral http://{listener.LocalEndpoint}/")).ShouldReply(text => text.Contains("whsec_"));
            for (var i = 1; i <= 5; i++)
            {
                (await ana.Sends($"mensagem {i}")).ShouldPost($"mensagem {i}");
                await chat.Replaces("webhooks");
                (await chat.Web.Posts(path, $$"""{"text":"build {{i}}"}""")).ShouldBe(200);
                await ana.ShouldSee($"[CI] build {i}");
                await chat.Advances(TimeSpan.FromSeconds(5)); // the one before it is found collected
            }
            await chat.Settles();
            await chat.Advances(TimeSpan.FromSeconds(31));
            (await admin.Sends("/plugins")).ShouldReply(text => text.Contains("5 descarregadas", StringComparison.Ordinal));
        }
        listener.Stop();
        await serving;
        CollectionAssert.IsSubsetOf(Enumerable.Range(1, 5).Select(i => $"mensagem {i}").ToList(), received);
        CollectionAssert.AreEqual(received.Distinct().Order().ToList(), received.Distinct().ToList()); // twice perhaps, but in order
    }

    private static async Task ServeAsync(TcpListener listener, List<string> received)
    {
        try
        {
            while (true)
            {
                using var connection = await listener.AcceptTcpClientAsync();
                var stream = connection.GetStream();
                var request = new StringBuilder();
                var buffer = new byte[4096];
                while (!request.ToString().EndsWith('}'))
                    request.Append(Encoding.UTF8.GetString(buffer, 0, await stream.ReadAtLeastAsync(buffer, 1)));
                if (request.ToString().Split("\"text\":\"") is [_, var text]) received.Add(text.Split('"')[0]);
                await stream.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray());
            }
        }
        catch (SocketException)
        {
            // The listener has stopped.
        }
    }
}
