using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Chat.Daemon.Plugins.Lifecycle;

namespace Chat.Daemon.Plugins;

/// <summary>A plugin cannot run, for a reason that the operator or the plugin's author can fix. Expected: the daemon carries on.</summary>
/// <param name="reason">What is wrong, and what to do about it unless that is obvious.</param>
internal sealed class PluginRefusedException(LocalizedText reason, PluginFault fault = PluginFault.Broken, Exception? cause = null)
    : Exception(reason.English, cause)
{
    public LocalizedText Reason => reason;

    public PluginFault Fault => fault;

    /// <summary>Tracks the settings file that is wrong; null if the settings are not at fault.</summary>
    public FileChangeTracker? Settings { get; init; }

    /// <summary>What was loaded before the refusal; null if nothing was.</summary>
    public LeakTrace? LeakTrace { get; init; }

    /// <summary>The same refusal without an object of the plugin: its stack trace and its cause would keep the plugin in memory.</summary>
    public PluginRefusedException Detached(LeakTrace? loaded) =>
        new(reason, fault, PluginFailure.Of(InnerException)) { Settings = Settings, LeakTrace = loaded };
}
