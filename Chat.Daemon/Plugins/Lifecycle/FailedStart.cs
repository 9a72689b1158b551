using Chat.Daemon.Configuration;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Why a version is not started again for now. Not the exception: that holds on to what threw it.</summary>
/// <param name="Settings">The file that is wrong; null: it is none.</param>
internal sealed record FailedStart(Sentence Reason, Fault Fault, FileChangeTracker? Settings)
{
    public static FailedStart Of(PluginRefusedException refused) => new(refused.Sentence, refused.Fault, refused.Settings);

    /// <summary>The file was changed, so that another try is worth while; said once.</summary>
    public bool IsMended() => Settings?.HasChanged() ?? false;
}
