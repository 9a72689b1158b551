using Chat.Protocol;
using Chat.TestKit;

namespace PageBench;

/// <summary>Scrolling up through a long room, page after page of its history.</summary>
internal static class Scrolls
{
    private const int Seconds = 20;

    private const string Scroll = """
        seconds => new Promise(done => {
          const scroller = document.querySelector('.scroller');
          const end = performance.now() + seconds * 1000;
          const step = () => {
            scroller.scrollTop -= 120;
            if (performance.now() < end) requestAnimationFrame(step);
            else done();
          };
          step();
        })
        """;

    public static async Task<string> RunAsync(Browser browser, TestDaemon daemon, int count)
    {
        await using var writer = await daemon.GuestAsync("author", "long");
        for (var sent = 1; sent <= count; sent++)
        {
            var text = $"message {sent}: some **words** of `different` length, {new string('x', sent % 90)}";
            await writer.SendAsync(new ClientFrame.Message(text, "long"));
            if (sent % 500 == 0) await writer.AskAsync<DaemonFrame.Pong>(new ClientFrame.Ping());
        }
        var page = await browser.OpenAsync();
        await Browser.LoginAsync(page, "scroller");
        await Browser.EnterAsync(page, "long");
        await page.Locator("li.message .text", new() { HasTextString = $"message {count}:" }).WaitForAsync();
        var probe = await Probe.StartAsync(browser, page);
        await page.EvaluateAsync(Scroll, Seconds);
        var result = await probe.StopAsync();
        var first = await page.EvaluateAsync<int>("Number(document.querySelector('li.message').dataset.seq)");
        var drawn = await page.Locator("li.message").CountAsync();
        await page.Context.CloseAsync();
        return $"{count:N0} messages, {Seconds} s: {result}; scrolled past {count - first:N0}, {drawn} in the document";
    }
}
