namespace Chat.Daemon.Plugins.Inspection;

internal enum ManifestHookKind
{
    Filter,
    Handler,
    Handover,
    HostedService,
    Job,
}
