namespace Chat.Daemon.Plugins.Resources;

/// <summary>State that a plugin hands over to its next version.</summary>
/// <param name="Name">The full name of the class, which must be the same in both versions.</param>
internal sealed record HandoverDescriptor(string Name, Func<IServiceProvider, IHandover> Get);
