using Chat.Daemon.Configuration;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Why a version is not started again for now. Holds no exception, which would keep the plugin's code in memory.</summary>
/// <param name="Settings">Tracks the settings file that is wrong; null if the settings are not at fault.</param>
internal sealed record FailedStart(LocalizedText Reason, PluginFault Fault, FileChangeTracker? Settings)
{
    public static FailedStart Of(PluginRefusedException refused) => new(refused.Reason, refused.Fault, refused.Settings);

    /// <summary>Whether the settings file has changed, so that another try makes sense. True once per change.</summary>
    public bool IsMended() => Settings?.HasChanged() ?? false;
}
