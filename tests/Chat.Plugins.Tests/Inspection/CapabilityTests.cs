using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Chat.Daemon.Hooks;
using Chat.Daemon.Plugins.Inspection;
using Chat.Daemon.Plugins.Lifecycle;
using Chat.Daemon.Plugins.Resources;
using Chat.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Chat.Plugins.Tests.Inspection;

[TestClass]
public sealed class CapabilityTests
{
    [TestMethod]
    public async Task TheListHasWhatADaemonRegisters()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var services = new ServiceCollection();
        daemon.Get<CapabilityTable>().AddTo(services, "x");
        var settingsFile = Path.Combine(daemon.Folder, "x.json");
        var resources = new PluginResources(
            "x", settingsFile, daemon.Get<JobTable>().Of("x"), daemon.Get<HookRuntime>(), NullLoggerFactory.Instance);
        resources.AddTo(services);
        var setup = new PluginSetup(services, resources);
        setup.Settings((JsonTypeInfo<Empty>)JsonSerializerOptions.Default.GetTypeInfo(typeof(Empty)));
        setup.Close();
        await resources.EndAsync();

        var registered = services.Select(s => s.ServiceType)
            .Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type)
            .Where(type => type.IsInterface && type.Assembly == typeof(IChatPlugin).Assembly);
        CollectionAssert.AreEqual(
            registered.Select(t => t.Name).Distinct().Order(StringComparer.Ordinal).ToList(),
            Capability.All.Select(c => c.Contract.Name).Order(StringComparer.Ordinal).ToList(),
            "Add what plugins can be given to Capability.All, and to the texts of chatd inspect.");
    }

    [TestMethod]
    public void EachHasAName() => Assert.AreEqual("daemon control, filter switch, settings",
        string.Join(", ", Capability.All.Where(c => c.Name is "DaemonControl" or "FilterSwitch" or "Settings")));

    private sealed class Empty;
}
