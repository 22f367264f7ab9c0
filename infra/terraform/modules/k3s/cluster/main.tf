# What is the same in every cloud, and makes no machine: tokens.tf, certificates.tf, and user_data.tf, by which a machine becomes a
# node when it starts for the first time.
