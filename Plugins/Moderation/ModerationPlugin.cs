using Microsoft.Extensions.DependencyInjection;

namespace Chat.Plugins.Moderation;

/// <summary>Registers the services that live as long as the plugin.</summary>
public sealed class ModerationPlugin : IChatPlugin
{
    public void Configure(IPluginBuilder plugin) => plugin.Services.AddSingleton<WordList>().AddSingleton<SlowRooms>();
}
