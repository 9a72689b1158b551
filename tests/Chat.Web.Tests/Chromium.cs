using Microsoft.Playwright;

namespace Chat.Web.Tests;

/// <summary>One browser for all tests; each user has a context of their own, as if it were another browser.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>
    /// The last three would load a page of Chromium's own for each window, which takes more time than many a test. A later
    /// <c>--disable-features</c> replaces an earlier one, so what Playwright turns off is named again.
    /// </summary>
    private static readonly string[] TurnedOff =
    [
        "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "DialMediaRouteProvider", "GlobalMediaControls",
        "HttpsUpgrades", "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning", "Translate", "AutoDeElevate",
        "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
        "WebUIOmniboxPopup", "WebUIOmniboxFullPopup", "WebUIOmniboxAimPopup",
    ];

    private static readonly Lazy<Task<IBrowser>> Browser = new(LaunchAsync);

    /// <summary>Skips the test where there is no Chromium.</summary>
    public static Task<IBrowser> GetAsync() => Browser.Value;

    private static async Task<IBrowser> LaunchAsync()
    {
        var path = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new AssertInconclusiveException("Tests of the page need Chromium: './test.sh --install' installs it.");
        var playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(20_000); // the machine may be busy
        // Root, as in containers, has no sandbox. The pages are our own. The name is that of another site, on this machine.
        string[] arguments =
        [
            "--no-sandbox", "--host-resolver-rules=MAP other.example 127.0.0.1", $"--disable-features={string.Join(',', TurnedOff)}",
        ];
        return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = arguments });
    }
}
