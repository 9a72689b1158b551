using Chat.Daemon.Accounts;
using Chat.Daemon.Commands;

namespace Chat.Daemon.Plugins.Lifecycle;

/// <summary>Tells which roles may run which commands of a catalogue, by the current settings and the admins' decisions.</summary>
internal delegate PermissionTable PermissionPolicy(CommandCatalogue catalogue);
