namespace Chat;

/// <summary>
/// Registers services, and commands that are not attributed methods. Optional; at most one class per assembly, which must have a
/// constructor without parameters.
/// </summary>
public interface IChatPlugin
{
    /// <summary>Called once per load, under a deadline. You can't reach the daemon yet.</summary>
    void Configure(IPluginBuilder plugin);
}
