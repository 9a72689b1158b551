using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json;
using NLog.Config;
using NLog.Extensions.Logging;
using NLog.Layouts;
using NLog.Targets;

namespace UnloadHost;

/// <summary>What the daemon has and hands to no plugin, where a plugin finds it nevertheless: for those scenarios alone.</summary>
internal sealed class Host : IDisposable
{
    private readonly CancellationTokenSource token = new();
    private readonly List<Timer> timers = [];
    private readonly ServiceProvider services = new ServiceCollection().AddLogging(log => log.AddNLog(Written())).BuildServiceProvider();

    public ILoggerFactory Log => services.GetRequiredService<ILoggerFactory>();

    public void Expose()
    {
        AppDomain.CurrentDomain.SetData("token", token.Token);
        AppDomain.CurrentDomain.SetData("timer", () => timers.Add(new(_ => { }, null, 1000, 1000)));
        AppDomain.CurrentDomain.SetData("services", services);
        AppDomain.CurrentDomain.SetData("serialize", (Func<object, string>)JsonConvert.SerializeObject);
    }

    public void Dispose()
    {
        foreach (var timer in timers) timer.Dispose();
        services.Dispose();
        token.Dispose();
    }

    /// <summary>Every value of every line is formatted, and only texts are kept.</summary>
    private static LoggingConfiguration Written()
    {
        var written = new LoggingConfiguration();
        var layout = new JsonLayout
        {
            IncludeEventProperties = true,
            MaxRecursionLimit = 2,
            Attributes = { new("message", "${message}") },
        };
        written.AddRuleForAllLevels(new MemoryTarget("memory") { Layout = layout });
        return written;
    }
}
