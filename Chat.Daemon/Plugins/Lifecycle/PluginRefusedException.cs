using Chat.Daemon.Configuration;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>What may change what is wrong.</summary>
internal enum Fault
{
    /// <summary>Another version, or a repair.</summary>
    Broken,

    /// <summary>Time: the rest may still be on its way.</summary>
    Unfinished,

    /// <summary>Another plugin: when that goes, this one may come.</summary>
    Conflict,

    /// <summary>The operator, in the plugin's file of settings.</summary>
    Settings,
}

/// <summary>A plugin is not taken, for a reason that the operator or its author can mend. Caught once: the daemon runs on.</summary>
/// <param name="sentence">What is wrong, and what to do where that is not plain.</param>
internal sealed class PluginRefusedException(Sentence sentence, Fault fault = Fault.Broken, Exception? cause = null) : Exception(sentence.English, cause)
{
    public Sentence Sentence => sentence;

    public Fault Fault => fault;

    /// <summary>The file that is wrong; null: it is none.</summary>
    public FileChangeTracker? Settings { get; init; }

    /// <summary>What it has loaded before it was refused; null: nothing.</summary>
    public LeakTrace? Remains { get; set; }
}
