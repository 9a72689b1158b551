namespace Chat.Generators.Declared;

internal enum HookKind
{
    /// <summary>The author's own <c>IChatPlugin</c>.</summary>
    Plugin,
    Filter,
    Handler,
    Handover,
    HostedService,
    Job,
}
