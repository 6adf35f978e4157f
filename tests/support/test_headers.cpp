// SPDX-FileCopyrightText: Galago developers
// SPDX-License-Identifier: Apache-2.0
//
// Holds the headers that are compiled for all tests at once (GalagoTest.cmake).
