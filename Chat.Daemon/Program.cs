return 0; // composed in DaemonHost
