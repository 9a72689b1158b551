using System.Diagnostics;
using System.Reflection;

namespace Chat.Plugins.Tests.Lifecycle;

/// <summary>
/// What keeps a plugin from unloading, and what does not. Each runs in a process of its own, because a leak lasts. A row fails if a new
/// runtime fixes its leak.
/// </summary>
[TestClass]
public sealed class UnloadTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("nothing", "collected")]
    [DataRow("own-singleton", "collected")]
    [DataRow("hosted-service", "collected")]
    [DataRow("finished-job", "collected")]
    [DataRow("answered-route", "collected")]
    [DataRow("http-clients", "collected")]
    [DataRow("public-http-clients", "collected")]
    [DataRow("http-client-factory", "leaked")]
    [DataRow("own-static", "collected")]
    [DataRow("finished-work", "collected")]
    [DataRow("async-local", "collected")]
    [DataRow("generated-json", "collected")]
    [DataRow("compiled-expression", "collected")]
    [DataRow("enum-texts", "collected")]
    [DataRow("logged-values", "collected")]
    [DataRow("logged-structure", "collected")]
    [DataRow("logged-enum", "collected")]
    [DataRow("own-token", "collected")]
    [DataRow("host-token-disposed", "collected")]
    [DataRow("host-container-activation", "collected")]
    [DataRow("reflected-json", "leaked")]
    [DataRow("reflected-json-own-options", "leaked")]
    [DataRow("reflected-json-cleared", "collected")]
    [DataRow("reflected-json-cleared-of-a-type", "collected")]
    [DataRow("reflected-json-default-cleared", "collected")]
    [DataRow("newtonsoft", "leaked")] // it uses TypeDescriptor, which stays, even if the plugin has its own copy
    [DataRow("newtonsoft-cleared", "leaked")]
    [DataRow("newtonsoft-declared", "collected")]
    [DataRow("newtonsoft-tree", "collected")]
    [DataRow("newtonsoft-of-the-host", "leaked")]
    [DataRow("bound-configuration", "leaked")]
    [DataRow("validator", "leaked")]
    [DataRow("type-descriptor", "leaked")]
    [DataRow("type-descriptor-cleared", "leaked")]
    [DataRow("type-descriptor-refreshed", "leaked")]
    [DataRow("dynamic", "leaked")]
    [DataRow("dispatch-proxy", "leaked")]
    [DataRow("running-timer", "leaked")]
    [DataRow("running-loop", "leaked")]
    [DataRow("running-thread", "leaked")]
    [DataRow("host-event", "leaked")]
    [DataRow("host-token", "leaked")]
    [DataRow("linked-token", "leaked")]
    [DataRow("host-timer-in-context", "leaked")]
    [DataRow("host-container-logger", "leaked")]
    [DataRow("host-container-question", "leaked")]
    [DataRow("host-log-structure", "leaked")]
    [DataRow("host-log-enum", "leaked")]
    public async Task APluginThatDid(string hazard, string outcome)
    {
        var start = new ProcessStartInfo("dotnet", [Host, PluginSandbox.Fixture("Hazards"), hazard]) { RedirectStandardOutput = true };
        using var host = Process.Start(start)!;
        try
        {
            var output = await host.StandardOutput.ReadToEndAsync(TestContext.CancellationToken);
            await host.WaitForExitAsync(TestContext.CancellationToken);
            Assert.AreEqual(outcome, output.Trim());
        }
        finally
        {
            if (!host.HasExited) host.Kill();
        }
    }

    /// <summary>Built with this project, in the same configuration.</summary>
    private static string Host =>
        typeof(UnloadTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "UnloadHost").Value!;
}
