using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Chat.Daemon.Capabilities;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins.Inspection;
using Chat.Daemon.Plugins.Lifecycle;
using Chat.Daemon.Plugins.Resources;
using Chat.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Daemon.Tests.Plugins;

[TestClass]
public sealed class CapabilityTests
{
    [TestMethod]
    public async Task TheTableHasWhatADaemonRegisters()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var services = new ServiceCollection();
        daemon.Get<CapabilityTable>().AddTo(services, "x");
        var belongings = new PluginResources("x", Path.Combine(daemon.Folder, "x.json"), TimeProvider.System, NullLoggerFactory.Instance);
        belongings.AddTo(services);
        var setup = new PluginSetup(services, belongings);
        setup.Settings((JsonTypeInfo<Nothing>)JsonSerializerOptions.Default.GetTypeInfo(typeof(Nothing)));
        setup.Close();
        await belongings.EndAsync();

        var registered = services.Select(s => s.ServiceType.IsGenericType ? s.ServiceType.GetGenericTypeDefinition() : s.ServiceType).Where(t => t.IsInterface && t.Assembly == typeof(IChatPlugin).Assembly);
        CollectionAssert.AreEqual(
            registered.Select(t => t.Name).Distinct().Order(StringComparer.Ordinal).ToList(),
            Capability.All.Select(c => c.Contract.Name).Order(StringComparer.Ordinal).ToList(), "What plugins can be given stands in Capability.All, and in the texts of chatd inspect.");
    }

    [TestMethod]
    public void EachHasAName() => Assert.AreEqual("daemon control, filter switch, settings",
        string.Join(", ", Capability.All.Where(c => c.Name is "DaemonControl" or "FilterSwitch" or "Settings")));

    private sealed class Nothing;
}
